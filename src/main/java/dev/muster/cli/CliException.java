package dev.muster.cli;

import org.jspecify.annotations.Nullable;

/// A command can't go on, for a reason that was found on this side of the wire.
final class CliException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;
    private final @Nullable String fix;

    /// @param message a sentence: what was tried, what came back
    /// @param fix what to do, or null
    CliException(ExitCode code, String message, @Nullable String fix) {
        super(message);
        this.code = code;
        this.fix = fix;
    }

    ExitCode code() {
        return code;
    }

    @Nullable String fix() {
        return fix;
    }
}
