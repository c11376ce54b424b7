package dev.muster.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a script printed: the stream after its marker line. What came before is noise of the
/// host's rc files, kept for `doctor`.
///
/// Read by one thread; {@link #noise} and {@link #started} are for whoever has seen the end.
final class MarkedInput extends InputStream {
    /// A host that prints more than this before a script begins is refused, so that a hostile or
    /// broken one cannot fill our memory.
    static final int NOISE_LIMIT = 64 * 1024;

    private final InputStream raw;
    private final byte[] needle;
    private byte[] ahead = {};
    private int next;
    private volatile String noise = "";
    private volatile boolean started;
    private boolean searched;

    MarkedInput(InputStream raw, String marker) {
        this.raw = raw;
        this.needle = (marker + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads up to the marker. Blocks until it came or the stream ended.
    ///
    /// @return whether it came
    /// @throws IOException when the noise passes {@link #NOISE_LIMIT}
    boolean awaitStart() throws IOException {
        if (searched) {
            return started;
        }
        ByteArrayOutputStream seen = new ByteArrayOutputStream(256);
        byte[] chunk = new byte[8192];
        int from = 0;
        while (true) {
            int n = raw.read(chunk);
            if (n < 0) {
                searched = true;
                noise = seen.toString(StandardCharsets.UTF_8);
                return false;
            }
            seen.write(chunk, 0, n);
            byte[] bytes = seen.toByteArray();
            int at = indexOf(bytes, from);
            if (at >= 0) {
                searched = true;
                noise = new String(bytes, 0, at, StandardCharsets.UTF_8);
                ahead = Arrays.copyOfRange(bytes, at + needle.length, bytes.length);
                started = true;
                return true;
            }
            if (bytes.length > NOISE_LIMIT) {
                noise = new String(bytes, 0, NOISE_LIMIT, StandardCharsets.UTF_8);
                throw new NoiseLimitException(noise);
            }
            from = Math.max(0, bytes.length - needle.length + 1);
        }
    }

    private int indexOf(byte[] bytes, int from) {
        for (int i = from; i + needle.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + needle.length, needle, 0, needle.length)) {
                return i;
            }
        }
        return -1;
    }

    /// What came before the marker; all of it when no marker came.
    String noise() {
        return noise;
    }

    /// Whether the marker came.
    boolean started() {
        return started;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!awaitStart()) {
            return -1;
        }
        if (next < ahead.length) {
            int n = Math.min(length, ahead.length - next);
            System.arraycopy(ahead, next, bytes, offset, n);
            next += n;
            return n;
        }
        return raw.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return next < ahead.length ? ahead.length - next : started ? raw.available() : 0;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    /// The host prints without end before a script begins.
    static final class NoiseLimitException extends IOException {
        private static final long serialVersionUID = 1L;

        NoiseLimitException(String noise) {
            super(
                    "more than "
                            + NOISE_LIMIT / 1024
                            + " KiB came before the script began, beginning with: "
                            + Texts.excerpt(noise));
        }
    }
}
