package dev.muster.link;

import dev.muster.shell.Script;
import dev.muster.shell.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ChannelExec;

/// A host over SSH: scripts and standing streams on one connection, terminals on others, so that
/// neither takes the other's channels (MaxSessions is 10 for each connection).
final class SshLink implements Link {
    /// Of the ten channels that a connection may have.
    private static final int TERMINALS_EACH = 8;

    /// Six scripts and two standing channels, were each to need a connection of its own.
    private static final int MOST_EXTRAS = 7;

    /// Makes one more connection to the same host.
    @FunctionalInterface
    interface Redial {
        SshConnection dial() throws LinkException, InterruptedException;
    }

    private final SshConnection main;
    private final Redial redial;
    private final LinkTimings timings;
    private final ScriptRunner runner;
    private final ExecPool pool;
    private final ReentrantLock extrasLock = new ReentrantLock();
    private final List<SshConnection> extras = new CopyOnWriteArrayList<>();
    private final ReentrantLock terminalsLock = new ReentrantLock();
    private final List<Terminals> terminals = new ArrayList<>();

    /// A connection for terminals, and how many it has.
    private static final class Terminals {
        private final SshConnection connection;
        private int open;

        Terminals(SshConnection connection) {
            this.connection = connection;
        }
    }

    SshLink(SshConnection main, Redial redial, LinkTimings timings) {
        this.main = main;
        this.redial = redial;
        this.timings = timings;
        this.runner = new ScriptRunner(main.host());
        this.pool = new ExecPool(main.host());
        main.closed().thenRun(this::closeOthers);
    }

    @Override
    public RunResult run(Script script, Duration timeout)
            throws LinkException, InterruptedException {
        return pool.run(
                script.name(),
                timeout,
                left -> {
                    Deadline deadline = Deadline.in(left);
                    SshProcess process = new SshProcess(exec(deadline));
                    return answer(() -> runner.run(process, script, deadline.left()));
                });
    }

    @Override
    public StandingStream open(Script script) throws LinkException, InterruptedException {
        Deadline deadline = Deadline.in(timings.open());
        SshProcess process = new SshProcess(exec(deadline));
        return answer(() -> runner.open(process, script, deadline.left()));
    }

    /// A channel on the connection; where the server allows fewer than we need (MaxSessions), on
    /// one more connection.
    private ChannelExec exec(Deadline deadline) throws LinkException, InterruptedException {
        Optional<ChannelExec> first = main.execNow(Wire.COMMAND, deadline);
        if (first.isPresent()) {
            return first.get();
        }
        extrasLock.lockInterruptibly();
        try {
            extras.removeIf(each -> each.closed().isDone());
            for (SshConnection each : extras) {
                Optional<ChannelExec> channel = each.execNow(Wire.COMMAND, deadline);
                if (channel.isPresent()) {
                    return channel.get();
                }
            }
            if (extras.size() < MOST_EXTRAS && !main.closed().isDone()) {
                SshConnection fresh = redial.dial();
                extras.add(fresh);
                if (main.closed().isDone()) {
                    fresh.close();
                }
                return fresh.exec(Wire.COMMAND, deadline);
            }
        } finally {
            extrasLock.unlock();
        }
        return main.exec(Wire.COMMAND, deadline);
    }

    @FunctionalInterface
    private interface Answer<T> {
        T get() throws LinkException, InterruptedException;
    }

    /// When the connection ended meanwhile, that is what happened, whatever a channel says.
    private <T> T answer(Answer<T> answer) throws LinkException, InterruptedException {
        try {
            return answer.get();
        } catch (LinkException e) {
            if (main.closed().isDone() && e.failure() instanceof LinkFailure.Offline) {
                throw new LinkException(main.closed().join(), e);
            }
            throw e;
        }
    }

    @Override
    public TerminalChannel terminal(String command, TerminalSize size)
            throws LinkException, InterruptedException {
        Terminals on = place();
        boolean opened = false;
        try {
            Deadline deadline = Deadline.in(timings.open());
            SshTerminal terminal = new SshTerminal(on.connection.terminal(command, size, deadline));
            terminal.exited().thenRun(() -> leave(on));
            opened = true;
            return terminal;
        } finally {
            if (!opened) {
                leave(on);
            }
        }
    }

    /// A place on a connection for terminals; makes one more when those that live are full.
    private Terminals place() throws LinkException, InterruptedException {
        terminalsLock.lockInterruptibly();
        try {
            if (main.closed().isDone()) {
                throw new LinkException(main.closed().join());
            }
            terminals.removeIf(each -> each.connection.closed().isDone());
            for (Terminals each : terminals) {
                if (each.open < TERMINALS_EACH) {
                    each.open++;
                    return each;
                }
            }
            Terminals fresh = new Terminals(redial.dial());
            fresh.open = 1;
            terminals.add(fresh);
            return fresh;
        } finally {
            terminalsLock.unlock();
        }
    }

    private void leave(Terminals on) {
        terminalsLock.lock();
        try {
            on.open--;
        } finally {
            terminalsLock.unlock();
        }
    }

    @Override
    public Optional<Duration> latency() {
        return main.latency();
    }

    @Override
    public Optional<String> target() {
        return Optional.of(main.target());
    }

    @Override
    public Optional<VerifiedKey> key() {
        return main.key();
    }

    @Override
    public CompletionStage<LinkFailure> closed() {
        return main.closed().minimalCompletionStage();
    }

    @Override
    public void close() {
        main.close();
        closeOthers();
    }

    private void closeOthers() {
        extras.forEach(SshConnection::close);
        closeTerminals();
    }

    private void closeTerminals() {
        terminalsLock.lock();
        try {
            terminals.forEach(each -> each.connection.close());
            terminals.clear();
        } finally {
            terminalsLock.unlock();
        }
    }
}
