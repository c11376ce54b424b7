package dev.muster.session;

import java.util.Map;
import java.util.Optional;

/// Names of the signals that a shell reports as status 128 + N. The numbers below are the same on
/// Linux and macOS.
public final class Signals {
    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(1, "HUP"),
                    Map.entry(2, "INT"),
                    Map.entry(3, "QUIT"),
                    Map.entry(4, "ILL"),
                    Map.entry(5, "TRAP"),
                    Map.entry(6, "ABRT"),
                    Map.entry(8, "FPE"),
                    Map.entry(9, "KILL"),
                    Map.entry(11, "SEGV"),
                    Map.entry(13, "PIPE"),
                    Map.entry(14, "ALRM"),
                    Map.entry(15, "TERM"),
                    Map.entry(24, "XCPU"),
                    Map.entry(25, "XFSZ"));

    private Signals() {}

    /// The signal that a status stands for; empty for an ordinary exit code.
    public static Optional<String> name(int status) {
        return status > 128 ? Optional.ofNullable(NAMES.get(status - 128)) : Optional.empty();
    }
}
