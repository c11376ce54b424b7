package dev.muster.link;

import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.link.LinkFailure.Offline;
import dev.muster.shell.Script;
import dev.muster.shell.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Talks to a {@link Wire#COMMAND} that has been started somewhere: sends the script, finds its
/// marker, collects its answer. The same over ssh and on this machine.
final class ScriptRunner {
    /// More than this on one stream is no answer that a script of ours gives.
    private static final int ANSWER_LIMIT = 256 * 1024 * 1024;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String host;

    ScriptRunner(String host) {
        this.host = host;
    }

    /// Runs a script to its end and closes the stream.
    RunResult run(StandingStream raw, Script script, Duration timeout)
            throws LinkException, InterruptedException {
        String marker = marker();
        byte[] bytes = Wire.encode(script, marker);
        MarkedInput out = new MarkedInput(raw.out(), marker);
        MarkedInput err = new MarkedInput(raw.err(), marker);
        try (raw) {
            Thread.startVirtualThread(() -> send(raw.in(), bytes));
            CompletableFuture<byte[]> outBytes = collect(out);
            CompletableFuture<byte[]> errBytes = collect(err);
            CompletableFuture<Integer> exited = raw.exited().toCompletableFuture();
            try {
                CompletableFuture.allOf(outBytes, errBytes, exited)
                        .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new LinkException(new Offline(late(script, timeout, exited)), e);
            } catch (ExecutionException e) {
                throw broken(script, e);
            }
            int exit = exited.join();
            if (!out.started() || exit < 0) {
                throw unanswered(script, out.noise() + err.noise(), exit, out.started());
            }
            return new RunResult(exit, outBytes.join(), errBytes.join(), out.noise() + err.noise());
        }
    }

    /// Sends a script and waits until it has begun.
    StandingStream open(StandingStream raw, Script script, Duration timeout)
            throws LinkException, InterruptedException {
        String marker = marker();
        byte[] bytes = Wire.encode(script, marker);
        MarkedInput out = new MarkedInput(raw.out(), marker);
        MarkedInput err = new MarkedInput(raw.err(), marker);
        boolean opened = false;
        try {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            Thread.startVirtualThread(() -> sendOpen(raw.in(), bytes, sent));
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            Thread.startVirtualThread(() -> await(out, started));
            if (!started.get(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                int exit = raw.exited().toCompletableFuture().get(5, TimeUnit.SECONDS);
                throw unanswered(script, out.noise(), exit, false);
            }
            sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            opened = true;
            return new MarkedStream(raw, out, err);
        } catch (TimeoutException e) {
            throw new LinkException(
                    new Offline(late(script, timeout, raw.exited().toCompletableFuture())), e);
        } catch (ExecutionException e) {
            throw broken(script, e);
        } finally {
            if (!opened) {
                raw.close();
            }
        }
    }

    private static void await(MarkedInput out, CompletableFuture<Boolean> started) {
        try {
            started.complete(out.awaitStart());
        } catch (IOException e) {
            started.completeExceptionally(e);
        }
    }

    /// A script may end without reading its input: that is its right, and no failure.
    private static void send(OutputStream in, byte[] bytes) {
        try (in) {
            in.write(bytes);
        } catch (IOException _) {
            return;
        }
    }

    private static void sendOpen(OutputStream in, byte[] bytes, CompletableFuture<Void> sent) {
        try {
            in.write(bytes);
            in.flush();
            sent.complete(null);
        } catch (IOException e) {
            sent.completeExceptionally(e);
        }
    }

    private static CompletableFuture<byte[]> collect(InputStream in) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        all.complete(readAll(in));
                    } catch (IOException e) {
                        all.completeExceptionally(e);
                    }
                });
        return all;
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[32 * 1024];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            bytes.write(chunk, 0, n);
            if (bytes.size() > ANSWER_LIMIT) {
                throw new IOException("the answer is longer than 256 MiB");
            }
        }
        return bytes.toByteArray();
    }

    private String late(Script script, Duration timeout, CompletableFuture<Integer> exited) {
        String gave =
                "script " + script.name() + " on " + host + " gave no complete answer within ";
        return gave
                + Texts.seconds(timeout)
                + (exited.isDone()
                        ? "; it ended, but something that it started keeps its output open"
                        : "; whether it ran to its end is not known");
    }

    private LinkException broken(Script script, ExecutionException thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        String said = "script " + script.name() + " on " + host + ": " + Texts.cause(cause);
        return new LinkException(
                cause instanceof MarkedInput.NoiseLimitException
                        ? new Misconfigured(said + "; look at the rc files of its login shell")
                        : new Offline(said),
                cause);
    }

    /// The stream ended without an answer of the script.
    private LinkException unanswered(Script script, String noise, int exit, boolean started) {
        String printed = noise.isBlank() ? "" : "; it printed: " + Texts.excerpt(noise);
        if (exit < 0) {
            return new LinkException(
                    new Offline(
                            "the connection to "
                                    + host
                                    + " ended while script "
                                    + script.name()
                                    + (started ? " ran" : " was sent")
                                    + printed));
        }
        String why =
                exit == Wire.NO_SCRIPT
                        ? "an rc file of the login shell read the standard input that was meant"
                                + " for it: have the file stop early when it runs without a"
                                + " terminal"
                        : "the login shell ended first with status "
                                + exit
                                + ": see whether `ssh HOST true` works and what its rc files do";
        return new LinkException(
                new Misconfigured(
                        "script "
                                + script.name()
                                + " never began on "
                                + host
                                + ": "
                                + why
                                + printed));
    }

    private static String marker() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return "muster-" + HexFormat.of().formatHex(random);
    }
}
