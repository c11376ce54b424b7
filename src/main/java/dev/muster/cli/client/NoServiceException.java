package dev.muster.cli.client;

import java.io.IOException;

/// The service gave no answer, or the connection broke: what was asked may or may not be done.
public final class NoServiceException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean refused;

    /// @param refused nothing listens there: what was asked never left this machine
    public NoServiceException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    public boolean refused() {
        return refused;
    }
}
