package dev.muster.link;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Sends every write at once, whole.
final class FlushingOutput extends FilterOutputStream {
    FlushingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        out.flush();
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        out.flush();
    }
}
