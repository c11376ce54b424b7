package dev.muster.web;

import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;

/// Numbers in queries.
final class Numbers {
    private Numbers() {}

    /// @throws Refused when it is no number, or out of bounds
    static int within(String name, String text, int least, int most) throws Refused {
        return (int) within(name, text, (long) least, (long) most);
    }

    static long within(String name, String text, long least, long most) throws Refused {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Refused.of(
                Kind.USAGE,
                "`" + name + "` is a number from " + least + " to " + most + ", not `" + text + "`",
                null);
    }
}
