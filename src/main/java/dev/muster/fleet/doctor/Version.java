package dev.muster.fleet.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program's version, as far as it can be compared: `3.3a`, `2.39.5`, `next-3.6`.
///
/// @param patch tmux's letter: `a` is 1; none is 0
/// @param text as the program says it
public record Version(int major, int minor, int patch, String text) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})([a-z])?");

    /// What the hub's hooks and formats and `attach -f read-only` need.
    public static final Version TMUX = new Version(3, 2, 1, "3.2a");

    /// `git worktree add` with what the host scripts ask of it: `--no-track` needs 2.16,
    /// `worktree remove` 2.17.
    public static final Version GIT = new Version(2, 17, 0, "2.17");

    /// The first version that a text holds.
    public static Optional<Version> in(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        String letter = found.group(3);
        return Optional.of(
                new Version(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        letter == null ? 0 : letter.charAt(0) - 'a' + 1,
                        found.group()));
    }

    public boolean atLeast(Version other) {
        if (major != other.major) {
            return major > other.major;
        }
        return minor != other.minor ? minor > other.minor : patch >= other.patch;
    }
}
