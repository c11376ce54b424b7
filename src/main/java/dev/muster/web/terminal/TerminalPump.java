package dev.muster.web.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.Problem;
import dev.muster.fleet.Refused;
import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import dev.muster.web.view.Problems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Carries one terminal over one WebSocket. Memory is bounded both ways: of the host's output one
/// chunk is on its way to the client at a time, and no more than its {@link Credit} allows; of the
/// client's input as many frames are read as there is room for. Whichever side ends, the other is
/// closed.
///
/// Its two threads are the platform's: a read from a local pseudo-terminal blocks in the kernel,
/// where it would hold a virtual thread's carrier.
final class TerminalPump {
    private static final Logger LOG = Logger.getLogger(TerminalPump.class);
    private static final int CHUNK = 16 * 1024;
    private static final int FRAMES = 16;
    private static final int LONGEST_TEXT = 4096;
    private static final long BEAT_MILLIS = 15_000;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(50);
    private static final long LAST_WORD_SECONDS = 5;

    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;

    /// @param size as the terminal was opened
    record Opened(TerminalChannel channel, TerminalSize size) {}

    interface Opening {
        Opened open() throws Refused, InterruptedException;
    }

    private final ServerWebSocket socket;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final boolean readOnly;
    private final Credit credit;
    private final BlockingQueue<WebSocketFrame> typed = new ArrayBlockingQueue<>(FRAMES);
    private final long beat;
    private volatile long heard = System.nanoTime();
    private volatile boolean closed;
    private volatile @Nullable TerminalChannel channel;
    private volatile @Nullable Thread writer;

    TerminalPump(
            ServerWebSocket socket,
            Vertx vertx,
            ObjectMapper json,
            boolean readOnly,
            Credit credit) {
        this.socket = socket;
        this.vertx = vertx;
        this.json = json;
        this.readOnly = readOnly;
        this.credit = credit;
        socket.pause();
        socket.frameHandler(this::received);
        socket.pongHandler(pong -> heard = System.nanoTime());
        socket.exceptionHandler(e -> LOG.debugf("a terminal's socket: %s", e.getMessage()));
        socket.closeHandler(done -> ended());
        this.beat = vertx.setPeriodic(BEAT_MILLIS, timer -> beat());
    }

    /// Opens the terminal and carries it, on threads of its own.
    ///
    /// @param after run when all is over
    void start(Opening opening, Runnable after) {
        Thread.ofPlatform()
                .daemon()
                .name("terminal-out")
                .start(
                        () -> {
                            try {
                                carry(opening);
                            } finally {
                                ended();
                                after.run();
                            }
                        });
    }

    private void carry(Opening opening) {
        try {
            Opened opened = opening.open();
            try (TerminalChannel open = opened.channel()) {
                channel = open;
                if (closed) {
                    return;
                }
                writer =
                        Thread.ofPlatform()
                                .daemon()
                                .name("terminal-in")
                                .start(() -> write(open, opened.size()));
                socket.fetch(FRAMES);
                read(open.out());
                int status = status(open);
                if (status < 0) {
                    throw new IOException("no exit status: the connection to the host broke");
                }
                tell(Map.of("exit", status));
                close(NORMAL);
            }
        } catch (Refused e) {
            refuse(Problems.of(e));
        } catch (IOException e) {
            LOG.debugf("a terminal ended: %s", e.getMessage());
            close(GOING_AWAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(GOING_AWAY);
        } catch (RuntimeException e) {
            LOG.error("a terminal could not be carried", e);
            refuse(
                    Problems.of(
                            500,
                            Problem.Code.FAILED,
                            "Muster itself failed; its log tells more",
                            null));
        }
    }

    /// Host to client. Waits until each chunk is out: what the client does not read stays on the
    /// host, whose program then waits too.
    private void read(InputStream out) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        int length = out.read(chunk);
        while (length >= 0 && !closed) {
            if (length > 0) {
                credit.spend(length, () -> typed.remainingCapacity() == 0);
                await(
                        socket.writeBinaryMessage(
                                Buffer.buffer(length).setBytes(0, chunk, 0, length)));
            }
            length = out.read(chunk);
        }
    }

    private static int status(TerminalChannel channel) throws InterruptedException {
        try {
            return channel.exited().toCompletableFuture().get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    /// On the connection's thread. There is always room: no more frames are asked for than fit.
    /// What the client has shown is heard at once, since the host may take what was typed only when
    /// it gets rid of its output.
    private void received(WebSocketFrame frame) {
        heard = System.nanoTime();
        if (frame.isText()
                && frame.isFinal()
                && ClientMessage.read(frame.textData(), "", json)
                        instanceof ClientMessage.Taken(long bytes)) {
            credit.taken(bytes);
            socket.fetch(1);
        } else if (!typed.offer(frame)) {
            close(GOING_AWAY);
        }
    }

    /// Client to host, one frame after the other; for each one that is done, the next may come.
    private void write(TerminalChannel open, TerminalSize size) {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        try {
            while (!closed) {
                WebSocketFrame frame = typed.take();
                if (frame.isText() || (frame.isContinuation() && inText)) {
                    inText = !frame.isFinal();
                    if (text.length() < LONGEST_TEXT) {
                        text.append(frame.textData());
                    }
                    if (frame.isFinal()) {
                        resize(open, text.toString(), size.term());
                        text.setLength(0);
                    }
                } else if (!readOnly && (frame.isBinary() || frame.isContinuation())) {
                    open.in().write(frame.binaryData().getBytes());
                    open.in().flush();
                }
                socket.fetch(1);
            }
        } catch (IOException e) {
            LOG.debugf("a terminal takes no input: %s", e.getMessage());
            open.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resize(TerminalChannel open, String text, String term) throws IOException {
        if (ClientMessage.read(text, term, json)
                instanceof ClientMessage.Resize(TerminalSize size)) {
            open.resize(size);
        }
    }

    /// A laptop that went to sleep must not keep its small screen on a shared terminal.
    private void beat() {
        if (System.nanoTime() - heard > SILENCE_NANOS) {
            close(GOING_AWAY);
            ended();
        } else if (!closed) {
            socket.writePing(Buffer.buffer());
        }
    }

    private void refuse(Problem problem) {
        try {
            tell(Map.of("problem", problem));
            close(NORMAL);
        } catch (IOException e) {
            LOG.debugf("a client left before it was told: %s", problem.detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Object message) throws IOException, InterruptedException {
        try {
            await(socket.writeTextMessage(json.writeValueAsString(message)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't be written as JSON", e);
        }
    }

    private static void await(Future<Void> written) throws IOException, InterruptedException {
        try {
            written.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e.getCause());
        }
    }

    private void close(short status) {
        socket.close(status);
    }

    /// May be called from any thread, and more than once.
    private void ended() {
        closed = true;
        credit.end();
        vertx.cancelTimer(beat);
        Thread writing = writer;
        if (writing != null) {
            writing.interrupt();
        }
        TerminalChannel open = channel;
        if (open != null) {
            // Closing may wait for the host: never on the connection's thread.
            Thread.ofVirtual().start(open::close);
        }
    }
}
