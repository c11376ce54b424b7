package dev.muster.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How busy a host is.
///
/// @param average of the last minute: how many processes ran or waited to run, as uptime(1) says
/// @param cpus processors online; 0 when the host does not tell
public record Load(double average, int cpus) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,4})?) (\\d{1,5}|-)");

    /// Out of `AVERAGE CPUS`; empty for anything else, as a host may say anything.
    public static Optional<Load> parse(String text) {
        Matcher words = FORM.matcher(text);
        return words.matches()
                ? Optional.of(
                        new Load(
                                Double.parseDouble(words.group(1)),
                                words.group(2).equals("-") ? 0 : Integer.parseInt(words.group(2))))
                : Optional.empty();
    }
}
