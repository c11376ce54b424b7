package dev.muster.link;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/// A standing stream whose script has begun: the raw one, without what came before the markers.
final class MarkedStream implements StandingStream {
    private final StandingStream raw;
    private final MarkedInput out;
    private final MarkedInput err;
    private final OutputStream in;

    MarkedStream(StandingStream raw, MarkedInput out, MarkedInput err) {
        this.raw = raw;
        this.out = out;
        this.err = err;
        this.in = new FlushingOutput(raw.in());
    }

    @Override
    public InputStream out() {
        return out;
    }

    @Override
    public InputStream err() {
        return err;
    }

    @Override
    public OutputStream in() {
        return in;
    }

    @Override
    public CompletionStage<Integer> exited() {
        return raw.exited();
    }

    @Override
    public void close() {
        raw.close();
    }
}
