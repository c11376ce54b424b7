package dev.muster.fleet;

import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A terminal that `attach.sh` prints something on before tmux takes it over. The script asks then
/// whether all of it was read, since tmux begins by throwing away what was not (`TCOFLUSH`). This
/// answers, and takes the question out of what is shown. What is typed before waits, so that it
/// does not count as the answer.
final class PrintedFirst implements TerminalChannel {
    static final String ASKS = "\u001b]7717;read\u0007";

    /// As long as it waits. The `attach` of a session from an earlier version does not ask.
    private static final long LONGEST_SECONDS = 10;

    private static final byte[] QUESTION = ASKS.getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 16 * 1024;

    private final TerminalChannel terminal;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final InputStream out = new Out();
    private final OutputStream in = new In();

    PrintedFirst(TerminalChannel terminal) {
        this.terminal = terminal;
    }

    @Override
    public InputStream out() {
        return out;
    }

    @Override
    public OutputStream in() {
        return in;
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        terminal.resize(size);
    }

    @Override
    public CompletionStage<Integer> exited() {
        return terminal.exited();
    }

    @Override
    public void close() {
        answered.countDown();
        terminal.close();
    }

    /// All that is shown, but for the question. Read by one thread.
    private final class Out extends InputStream {
        private byte[] ready = {};
        private int next;
        private int matched;
        private boolean asked;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            while (next == ready.length) {
                if (asked) {
                    return terminal.out().read(into, from, length);
                }
                readOn();
            }
            int some = Math.min(length, ready.length - next);
            System.arraycopy(ready, next, into, from, some);
            next += some;
            return some;
        }

        private void readOn() throws IOException {
            byte[] chunk = new byte[CHUNK];
            int length = terminal.out().read(chunk);
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            int i = 0;
            while (i < length && !asked) {
                byte now = chunk[i++];
                if (now != QUESTION[matched]) {
                    // It begins with the only ESC in it.
                    shown.write(QUESTION, 0, matched);
                    matched = now == QUESTION[0] ? 1 : 0;
                    if (matched == 0) {
                        shown.write(now);
                    }
                } else if (++matched == QUESTION.length) {
                    asked = true;
                    answer();
                }
            }
            if (length < 0) {
                asked = true;
                answered.countDown();
                shown.write(QUESTION, 0, matched);
            } else {
                shown.write(chunk, i, length - i);
            }
            ready = shown.toByteArray();
            next = 0;
        }

        private void answer() throws IOException {
            terminal.in().write('\n');
            terminal.in().flush();
            answered.countDown();
        }
    }

    /// What is typed.
    private final class In extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            try {
                if (!answered.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    answered.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted before the terminal was there");
            }
            terminal.in().write(from, at, length);
        }

        @Override
        public void flush() throws IOException {
            terminal.in().flush();
        }
    }
}
