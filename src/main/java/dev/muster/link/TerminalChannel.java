package dev.muster.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/// A program on a pseudo-terminal of the host.
public interface TerminalChannel extends AutoCloseable {
    InputStream out();

    OutputStream in();

    /// Tells the program the new size (SIGWINCH there).
    void resize(TerminalSize size) throws IOException;

    /// Completes with the exit status, or with -1 when the channel ended without one.
    CompletionStage<Integer> exited();

    @Override
    void close();
}
