package dev.muster.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Room on a host's file system.
///
/// @param size in KiB
/// @param free in KiB, for the account that asked
public record Space(long size, long free) {
    private static final long GIB = 1024L * 1024;
    private static final Pattern FORM = Pattern.compile("(\\d{1,17}) (\\d{1,17})");

    /// Out of `SIZE FREE`, both in KiB; empty for anything else, as a host may say anything.
    public static Optional<Space> parse(String text) {
        Matcher words = FORM.matcher(text);
        return words.matches()
                ? Optional.of(
                        new Space(Long.parseLong(words.group(1)), Long.parseLong(words.group(2))))
                : Optional.empty();
    }

    /// Under 1 GiB or 5 %: a few worktrees, or a night's logs, and it is full.
    public boolean isLow() {
        return free < GIB || free * 20 < size;
    }

    /// `412 MiB free of 40 GiB`.
    @Override
    public String toString() {
        return amount(free) + " free of " + amount(size);
    }

    private static String amount(long kib) {
        if (kib < 1024) {
            return kib + " KiB";
        }
        if (kib < GIB) {
            return kib / 1024 + " MiB";
        }
        return kib < 10 * GIB
                ? kib / GIB + "." + kib % GIB * 10 / GIB + " GiB"
                : kib / GIB + " GiB";
    }
}
