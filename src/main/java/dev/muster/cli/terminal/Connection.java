package dev.muster.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.Problem;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One WebSocket of one terminal, from its opening to its end.
final class Connection implements WebSocket.Listener {
    /// How it ended.
    sealed interface End {
        record Exited(int status) implements End {}

        record Refused(Problem problem) implements End {}

        /// @param shown true when some of the screen had come
        record Lost(String why, boolean shown) implements End {}
    }

    interface Screen {
        void show(byte[] bytes) throws IOException;
    }

    private static final Duration PING = Duration.ofSeconds(8);
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private final Screen screen;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile long heard = System.nanoTime();
    private volatile boolean shown;
    private volatile @Nullable WebSocket socket;

    Connection(Screen screen) {
        this.screen = screen;
    }

    /// Sends what was typed. Waits while the network is slower than the fingers; what can't be sent
    /// is lost with its connection, which {@link #await} tells.
    void send(byte[] typed) {
        send(socket -> socket.sendBinary(ByteBuffer.wrap(typed), true));
    }

    void resize(int columns, int rows) {
        String message = Json.write(Map.of("resize", Map.of("columns", columns, "rows", rows)));
        send(socket -> socket.sendText(message, true));
    }

    private interface Sending {
        CompletableFuture<WebSocket> start(WebSocket socket);
    }

    /// One at a time: a WebSocket takes no second message while one is on its way.
    private synchronized void send(Sending sending) {
        WebSocket now = socket;
        if (now != null && !end.isDone()) {
            try {
                sending.start(now).join();
            } catch (CompletionException e) {
                lost("" + e.getCause());
            }
        }
    }

    /// Waits for the end, and pings meanwhile: a connection that broke without a word is silent.
    End await() throws InterruptedException {
        long pinged = System.nanoTime();
        while (true) {
            try {
                return end.get(500, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                if (now - heard > SILENCE.toNanos()) {
                    lost("no sign of life for " + SILENCE.toSeconds() + " s");
                } else if (now - pinged > PING.toNanos()) {
                    pinged = now;
                    send(socket -> socket.sendPing(ByteBuffer.allocate(0)));
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("The end is never exceptional", e);
            }
        }
    }

    void lost(String why) {
        end.complete(new End.Lost(why, shown));
        WebSocket now = socket;
        if (now != null) {
            now.abort();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        heard = System.nanoTime();
        shown = true;
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        try {
            screen.show(bytes);
        } catch (IOException e) {
            lost("this terminal can't be written to: " + e.getMessage());
        }
        // Asked for only now, so that a slow terminal slows the sender down.
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heard = System.nanoTime();
        text.append(data);
        if (last) {
            told(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void told(String message) {
        try {
            TerminalMessage told = Json.read(message, TerminalMessage.class);
            if (told.exit() != null) {
                end.complete(new End.Exited(told.exit()));
            } else if (told.problem() != null) {
                end.complete(new End.Refused(told.problem()));
            }
        } catch (JsonProcessingException e) {
            lost("the service said something that is no message: " + e.getOriginalMessage());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        lost("closed by the service" + (reason.isEmpty() ? " (" + status + ")" : ": " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        lost(error.getMessage() == null ? error.toString() : error.getMessage());
    }
}
