package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;

/// What text may go to an agent.
final class Texts {
    private Texts() {}

    /// Refuses what a terminal would act on, or what can't be sent at all; everything else is
    /// delivered byte for byte.
    static void check(String what, String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                throw Refused.of(
                        Kind.USAGE,
                        what
                                + " holds the control character U+"
                                + String.format("%04X", (int) c)
                                + " at position "
                                + (i + 1),
                        c == '\r'
                                ? "use line ends of one newline each (`dos2unix`)"
                                : "only tab and newline are delivered; remove the others");
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw Refused.of(
                            Kind.USAGE,
                            what + " is not valid Unicode at position " + (i + 1),
                            "send it as UTF-8");
                }
                i++;
            }
        }
    }
}
