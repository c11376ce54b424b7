package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What is shown of a terminal that a script prints on first, and when it gets what is typed.
class PrintedFirstTest {
    private static final String TAIL = "\u001b[?1049h";

    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();

    @Test
    void answersOnceAndTakesTheQuestionOutWhereverItIsCut() throws Exception {
        String all = "row\u001b]77\u001b\u001b[0m" + PrintedFirst.ASKS + TAIL + PrintedFirst.ASKS;
        for (int size = 1; size <= all.length(); size++) {
            typed.reset();
            TerminalChannel terminal = new PrintedFirst(terminal(inPieces(all, size)));
            assertThat(new String(terminal.out().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("row\u001b]77\u001b\u001b[0m" + TAIL + PrintedFirst.ASKS);
            assertThat(typed.toString(StandardCharsets.US_ASCII)).isEqualTo("\n");
        }
    }

    @Test
    void showsAllOfOneThatEndsWithoutAsking() throws Exception {
        String all = "no such session" + PrintedFirst.ASKS.substring(0, 5);
        TerminalChannel terminal = new PrintedFirst(terminal(inPieces(all, 3)));
        assertThat(new String(terminal.out().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo(all);
        terminal.in().write('x');
        assertThat(typed.toString(StandardCharsets.US_ASCII)).isEqualTo("x");
    }

    @Test
    void keepsWhatIsTypedBeforeBehindTheAnswer() throws Exception {
        try (PipedOutputStream host = new PipedOutputStream();
                PipedInputStream out = new PipedInputStream(host)) {
            TerminalChannel terminal = new PrintedFirst(terminal(out));
            Thread typist =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            terminal.in().write("early".getBytes());
                                        } catch (IOException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            Awaitility.await("it waits, or has typed")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    typist.getState() == Thread.State.TIMED_WAITING
                                            || typed.size() > 0);
            host.write(("history" + PrintedFirst.ASKS + TAIL).getBytes(StandardCharsets.US_ASCII));
            host.close();
            assertThat(new String(terminal.out().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("history" + TAIL);
            typist.join(20_000);
            assertThat(typed.toString(StandardCharsets.US_ASCII)).isEqualTo("\nearly");
        }
    }

    /// A stream that gives so many bytes at a time.
    private static InputStream inPieces(String all, int size) {
        byte[] bytes = all.getBytes(StandardCharsets.US_ASCII);
        return new InputStream() {
            private int next;

            @Override
            public int read() {
                return next < bytes.length ? bytes[next++] : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                if (next == bytes.length) {
                    return -1;
                }
                int some = Math.min(Math.min(size, length), bytes.length - next);
                System.arraycopy(bytes, next, into, from, some);
                next += some;
                return some;
            }
        };
    }

    private TerminalChannel terminal(InputStream out) {
        return new TerminalChannel() {
            @Override
            public InputStream out() {
                return out;
            }

            @Override
            public OutputStream in() {
                return typed;
            }

            @Override
            public void resize(TerminalSize size) {}

            @Override
            public CompletionStage<Integer> exited() {
                return CompletableFuture.completedFuture(0);
            }

            @Override
            public void close() {}
        };
    }
}
