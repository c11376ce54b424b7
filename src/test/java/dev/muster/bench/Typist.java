package dev.muster.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One way to a terminal: what is typed there, and when it is seen again.
abstract class Typist implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private byte wanted;
    private boolean waiting;
    private long seenAt;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    abstract void send(byte[] keys) throws IOException;

    /// What came; to be called by whoever reads.
    final synchronized void shown(byte[] bytes, int length) {
        long now = System.nanoTime();
        if (shown.size() < 1 << 16) {
            shown.write(bytes, 0, length);
        }
        for (int i = 0; waiting && i < length; i++) {
            if (bytes[i] == wanted) {
                waiting = false;
                seenAt = now;
                notifyAll();
            }
        }
    }

    /// Types a key, and waits until it is seen.
    ///
    /// @param key one that stands in no escape sequence
    /// @return milliseconds from the one to the other
    final synchronized double echo(char key) throws IOException, InterruptedException {
        wanted = (byte) key;
        waiting = true;
        long from = System.nanoTime();
        send(new byte[] {wanted});
        while (waiting) {
            if (System.nanoTime() - from > PATIENCE) {
                throw new IOException("`" + key + "` was never seen; but " + shown);
            }
            wait(100);
        }
        return (seenAt - from) / 1e6;
    }

    /// `ssh -tt`, attached to a tmux session.
    static Typist ssh(List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        OutputStream in = process.getOutputStream();
        Typist typist =
                new Typist() {
                    @Override
                    void send(byte[] keys) throws IOException {
                        in.write(keys);
                        in.flush();
                    }

                    @Override
                    public void close() throws InterruptedException {
                        process.destroy();
                        process.waitFor();
                    }
                };
        Thread.ofPlatform().daemon().start(() -> typist.read(process.getInputStream()));
        return typist;
    }

    private void read(InputStream out) {
        byte[] bytes = new byte[8192];
        try (out) {
            int length = out.read(bytes);
            while (length >= 0) {
                shown(bytes, length);
                length = out.read(bytes);
            }
        } catch (IOException e) {
            shown(e.toString().getBytes(StandardCharsets.UTF_8), 0);
        }
    }

    /// A WebSocket of the service's.
    static Typist socket(BenchService service, String path) throws IOException {
        Heard heard = new Heard();
        heard.socket = service.socket(path, heard);
        return heard;
    }

    private static final class Heard extends Typist implements WebSocket.Listener {
        private @Nullable WebSocket socket;

        @Override
        void send(byte[] keys) {
            open().sendBinary(ByteBuffer.wrap(keys), true).join();
        }

        private WebSocket open() {
            if (socket == null) {
                throw new IllegalStateException("not open");
            }
            return socket;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            shown(bytes, bytes.length);
            from.request(1);
            return null;
        }

        @Override
        public void close() {
            open().abort();
        }
    }
}
