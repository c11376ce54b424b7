package dev.muster.link;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/// Asks a server again and again for a sign of life. Only a reply tells: what is written into a
/// connection whose other side is gone seems to be sent for many minutes.
final class Heartbeat {
    /// The library's own; servers answer what they don't know with a refusal, which does as well.
    private static final String REQUEST = "keepalive@sshd.apache.org";

    private final ClientSession session;
    private final LinkTimings timings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Duration> latency = Optional.empty();

    Heartbeat(ClientSession session, LinkTimings timings) {
        this.session = session;
        this.timings = timings;
    }

    Optional<Duration> latency() {
        return latency;
    }

    void stop() {
        stopped.countDown();
    }

    /// Beats until the connection ends.
    ///
    /// @return what was seen when the other side fell silent; empty when it ended otherwise
    Optional<String> run() {
        int missed = 0;
        // The first at once: it measures the latency.
        Duration pause = Duration.ZERO;
        try {
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                if (answered()) {
                    missed = 0;
                    pause = jittered(timings.heartbeat());
                } else if (++missed >= timings.misses()) {
                    return Optional.of(silence());
                } else {
                    pause = Duration.ZERO;
                }
            }
        } catch (IOException _) {
            // The connection has ended, and knows better why.
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private boolean answered() throws IOException, InterruptedException {
        long before = received();
        CompletableFuture<Boolean> reply = new CompletableFuture<>();
        long sent = System.nanoTime();
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
        buffer.putString(REQUEST);
        buffer.putBoolean(true);
        session.request(buffer, REQUEST, (_, _) -> reply.complete(true));
        try {
            reply.get(timings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
            latency = Optional.of(Duration.ofNanos(System.nanoTime() - sent));
            return true;
        } catch (TimeoutException _) {
            // A reply may wait behind a long transfer: any byte that comes is a sign of life.
            return received() != before;
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private long received() {
        return session.getIoSession() instanceof StreamTransport transport
                ? transport.received()
                : 0;
    }

    private String silence() {
        return "no sign of life for "
                + Texts.seconds(timings.heartbeat().multipliedBy(timings.misses()))
                + " ("
                + timings.misses()
                + " heartbeats without an answer): it hangs, sleeps, or the network is gone";
    }

    private static Duration jittered(Duration interval) {
        long millis = interval.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 10 + 1));
    }
}
