package dev.muster.cli;

import dev.muster.api.Problem;

/// What a command's exit status says.
public enum ExitCode {
    OK,
    /// It was tried and failed.
    FAILED,
    /// The command line makes no sense as it stands.
    USAGE,
    /// No such host, repo or session; or the name means several.
    NOT_FOUND,
    /// Refused because it could lose something.
    WOULD_LOSE,
    /// The host can't be reached, or has not answered: doing it again is safe, and may help.
    UNREACHABLE,
    /// Host key not trusted, caller not allowed, secret missing.
    NOT_ALLOWED,
    /// No service answers.
    NO_SERVICE;

    public int status() {
        return ordinal();
    }

    public static ExitCode of(Problem.Code code) {
        return switch (code) {
            case FAILED, CONFLICT -> FAILED;
            case USAGE -> USAGE;
            case NOT_FOUND -> NOT_FOUND;
            case WOULD_LOSE -> WOULD_LOSE;
            case UNREACHABLE, UNKNOWN -> UNREACHABLE;
            case NOT_ALLOWED -> NOT_ALLOWED;
        };
    }
}
