package dev.muster.link;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/// A standing channel. Its buffers are bounded: a reader that is slow holds up this channel only,
/// never the connection's other channels.
public interface StandingStream extends AutoCloseable {
    /// Standard output after the marker. Read by one thread; ends when the channel ends.
    InputStream out();

    /// Standard error, raw. Read by one thread.
    InputStream err();

    /// Standard input after the script; each write is flushed to the wire. Throws
    /// {@link IOException} when the channel has ended.
    OutputStream in();

    /// Completes with the exit status, or with -1 when the channel ended without one.
    CompletionStage<Integer> exited();

    @Override
    void close();
}
