package dev.muster.link;

import dev.muster.link.LinkFailure.Offline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;

/// One connection that has been signed in, its heartbeat, and the jump's connection that it runs
/// in.
final class SshConnection implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final ClientSession session;
    private final Attempt attempt;
    private final @Nullable SshConnection jump;
    private final Heartbeat heartbeat;
    private final CompletableFuture<LinkFailure> closed = new CompletableFuture<>();
    private final ChannelRoom room = new ChannelRoom();
    private volatile @Nullable String reason;

    SshConnection(
            ClientSession session,
            Attempt attempt,
            @Nullable SshConnection jump,
            LinkTimings timings) {
        this.session = session;
        this.attempt = attempt;
        this.jump = jump;
        this.heartbeat = new Heartbeat(session, timings);
        session.addCloseFutureListener(_ -> ended());
        Thread.ofVirtual().name("ssh-heartbeat-" + attempt.target.host()).start(this::beat);
    }

    private void beat() {
        Optional<String> silence = heartbeat.run();
        if (silence.isPresent() && !closed.isDone()) {
            reason = silence.get();
            // First: whoever is in one of its channels learns from their end only that they ended.
            closed.complete(ending(reason));
            session.close(true);
        }
    }

    private void ended() {
        heartbeat.stop();
        SshConnection outer = jump;
        if (outer == null) {
            closed.complete(ending(reason));
        } else {
            Thread.startVirtualThread(() -> endedInside(outer));
        }
    }

    /// When the jump's connection goes, this one often sees it first.
    private void endedInside(SshConnection outer) {
        String why = reason;
        if (why == null) {
            try {
                why = "its jump host: " + outer.closed.get(500, TimeUnit.MILLISECONDS).detail();
            } catch (TimeoutException | ExecutionException _) {
                why = null;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        closed.complete(ending(why));
        outer.close();
    }

    private Offline ending(@Nullable String why) {
        return new Offline(
                "the connection to "
                        + attempt.target.text()
                        + " ended: "
                        + (why == null ? Diagnosis.ending(attempt) : why));
    }

    CompletableFuture<LinkFailure> closed() {
        return closed;
    }

    Optional<Duration> latency() {
        return heartbeat.latency();
    }

    /// What the server's key was verified by.
    Optional<VerifiedKey> key() {
        return attempt.hostKey instanceof HostKeyCheck.Trusted(VerifiedKey key)
                ? Optional.of(key)
                : Optional.empty();
    }

    /// `user@name:port`.
    String target() {
        return attempt.target.text();
    }

    String host() {
        return attempt.target.host();
    }

    /// A channel that runs a command, without a terminal.
    ChannelExec exec(String command, Deadline deadline) throws LinkException, InterruptedException {
        return open("a channel", deadline, () -> session.createExecChannel(command));
    }

    /// As {@link #exec}, but empty at once when the server allows no more channels on this
    /// connection.
    Optional<ChannelExec> execNow(String command, Deadline deadline)
            throws LinkException, InterruptedException {
        try {
            return Optional.of(openOnce(session.createExecChannel(command), deadline));
        } catch (SshChannelOpenException e) {
            return Optional.empty();
        } catch (IOException | IllegalStateException e) {
            throw failed("a channel", Texts.cause(e), e);
        }
    }

    /// A channel that runs a command on a terminal of the host.
    ChannelExec terminal(String command, TerminalSize size, Deadline deadline)
            throws LinkException, InterruptedException {
        PtyChannelConfiguration pty = new PtyChannelConfiguration();
        pty.setPtyType(size.term());
        pty.setPtyColumns(size.columns());
        pty.setPtyLines(size.rows());
        pty.setPtyWidth(0);
        pty.setPtyHeight(0);
        pty.setPtyModes(new EnumMap<>(Map.of(PtyMode.IUTF8, 1)));
        return open(
                "a terminal",
                deadline,
                () -> {
                    ChannelExec channel = session.createExecChannel(command, pty, Map.of());
                    channel.setUsePty(true);
                    return channel;
                });
    }

    /// A channel through the server to another address: no port is ever opened for it.
    ChannelDirectTcpip tunnel(String name, int port, Deadline deadline)
            throws LinkException, InterruptedException {
        String what = "a way to " + name + ":" + port;
        try {
            return openOnce(
                    session.createDirectTcpipChannel(
                            new SshdSocketAddress("127.0.0.1", 0),
                            new SshdSocketAddress(name, port)),
                    deadline);
        } catch (IOException | IllegalStateException e) {
            throw failed(what, Texts.cause(e), e);
        }
    }

    @FunctionalInterface
    private interface Maker<C> {
        C make() throws IOException;
    }

    /// A refused channel means that the server allows no more at once (MaxSessions): the next that
    /// closes makes room, so it is tried again until the deadline.
    private <C extends ClientChannel> C open(String what, Deadline deadline, Maker<C> maker)
            throws LinkException, InterruptedException {
        @Nullable SshChannelOpenException refusal = null;
        do {
            room.enter(shorter(RETRY, deadline.left()));
            boolean refused = false;
            boolean opened = false;
            try {
                C channel = openOnce(maker.make(), deadline);
                room.taken();
                channel.addCloseFutureListener(_ -> room.leave());
                opened = true;
                return channel;
            } catch (SshChannelOpenException e) {
                refused = true;
                refusal = e;
            } catch (IOException | IllegalStateException e) {
                if (refusal == null || closed.isDone()) {
                    throw failed(what, Texts.cause(e), e);
                }
            } finally {
                if (refused) {
                    room.refused();
                } else if (!opened) {
                    room.leave();
                }
            }
        } while (!deadline.passed());
        throw failed(
                what,
                "it allows no more channels at once; raise MaxSessions in its sshd_config ("
                        + Texts.cause(refusal)
                        + ")",
                refusal);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static <C extends ClientChannel> C openOnce(C channel, Deadline deadline)
            throws IOException, InterruptedException {
        OpenFuture future = channel.open();
        boolean opened = false;
        try {
            if (!future.await(deadline.left().toMillis(), CancelOption.CANCEL_ON_TIMEOUT)) {
                throw new IOException("no answer within " + Texts.seconds(deadline.whole()));
            }
            Throwable thrown = future.getException();
            if (thrown instanceof SshChannelOpenException refused) {
                throw refused;
            }
            if (!future.isOpened()) {
                throw new IOException("the channel was not opened", thrown);
            }
            opened = true;
            return channel;
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } finally {
            if (!opened) {
                channel.close(true);
            }
        }
    }

    private LinkException failed(String what, String why, Exception e) throws InterruptedException {
        if (session.isClosing() || closed.isDone()) {
            try {
                return new LinkException(closed.get(RETRY.toMillis(), TimeUnit.MILLISECONDS), e);
            } catch (TimeoutException | ExecutionException _) {
                // Then what was seen here is all that is known.
            }
        }
        return new LinkException(
                new Offline(what + " on " + attempt.target.text() + " could not be opened: " + why),
                e);
    }

    @Override
    public void close() {
        if (reason == null) {
            reason = "closed by Muster";
        }
        session.close(true);
    }
}
