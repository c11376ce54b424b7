package dev.muster.fleet;

import dev.muster.fleet.HostStatus.Problem;
import dev.muster.host.Host;
import dev.muster.link.Backoff;
import dev.muster.link.Connector;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.link.VerifiedKey;
import dev.muster.session.HostFacts;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stands by one host for as long as it is configured: connects, listens, and connects again. Its
/// row on the board always says how that goes.
final class HostKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostKeeper.class);
    private static final Duration HEARD_EVERY = Duration.ofSeconds(10);

    /// Longer than a visit takes to end.
    private static final Duration ENDING = Duration.ofSeconds(8);

    private final Host host;
    private final Connector connector;
    private final HostLedger ledger;
    private final Memory memory;
    private final BoardKeeper board;
    private final String service;
    private final JournalLimits limits;
    private final Supplier<List<String>> folders;
    private final Clock clock;
    private final Removals removals;
    private final Removals.Reach reach =
            new Removals.Reach() {
                @Override
                public Link link() throws LinkException {
                    return HostKeeper.this.link();
                }

                @Override
                public @Nullable HostFacts facts() {
                    return facts;
                }
            };
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable HostVisit visit;
    private volatile @Nullable HostFacts facts;
    private final ReentrantLock healthLock = new ReentrantLock();
    private volatile HostHealth health = HostHealth.UNKNOWN;
    private volatile @Nullable LinkFailure failure;
    private volatile boolean closing;

    HostKeeper(
            Host host,
            Connector connector,
            Memory memory,
            BoardKeeper board,
            String service,
            JournalLimits limits,
            Supplier<List<String>> folders,
            Clock clock) {
        this.host = host;
        this.connector = connector;
        this.memory = memory;
        this.board = board;
        this.service = service;
        this.limits = limits;
        this.folders = folders;
        this.clock = clock;
        this.ledger = new HostLedger(host.name(), memory, board, clock);
        this.removals = new Removals(host.name(), ledger, memory, board, clock);
        this.thread = Thread.ofVirtual().name("host-" + host.name()).unstarted(this::keep);
    }

    void start() {
        thread.start();
    }

    Host host() {
        return host;
    }

    HostLedger ledger() {
        return ledger;
    }

    /// What the host said when it was last greeted.
    @Nullable HostFacts facts() {
        return facts;
    }

    /// Why there is no connection now; null while there is one, or none was tried.
    @Nullable LinkFailure failure() {
        return failure;
    }

    /// What the host's key was verified by, on the connection that there is now.
    Optional<VerifiedKey> key() {
        HostVisit current = visit;
        return current == null ? Optional.empty() : current.link().key();
    }

    /// The connection, if there is one now.
    ///
    /// @throws LinkException saying why there is none
    Link link() throws LinkException {
        HostVisit current = visit;
        if (current == null) {
            HostStatus status = status();
            throw new LinkException(
                    new LinkFailure.Offline(
                            host.name()
                                    + " is "
                                    + status.state().word()
                                    + (status.detail() == null ? "" : ": " + status.detail())));
        }
        return current.link();
    }

    /// Tries to deliver an order now; where that fails it stays for the next connection.
    void deliver(LaunchOrder order) throws LinkException, InterruptedException {
        HostVisit current = visit;
        if (current != null) {
            current.deliver(order);
        }
    }

    /// Removes a session, which was written down; what is not finished goes on by itself.
    ///
    /// @throws Refused when it stays as it is, or when it is not known yet what became of it
    Removing.Removed remove(Session session, boolean force) throws Refused, InterruptedException {
        return removals.remove(reach, session, force);
    }

    /// Something changed that may let the host be reached now: a key was trusted, a secret given.
    void wake() {
        wake.release();
    }

    /// Begins to end; returns at once.
    void end() {
        closing = true;
        HostVisit current = visit;
        if (current != null) {
            current.end(new LinkFailure.Offline("Muster closed the connection"));
            current.link().close();
        }
        wake.release();
        thread.interrupt();
    }

    /// Ends, and waits for whatever still works on this host, but not for ever: the ledger closes
    /// either way, so that whoever keeps the host next is the only one to write.
    @Override
    public void close() {
        end();
        try {
            if (!thread.join(ENDING)) {
                LOG.warnf("%s: its keeper takes longer than %s to end", host.name(), ENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ledger.close();
        }
    }

    private void keep() {
        int failures = 0;
        while (!closing) {
            boolean wasOnline = false;
            LinkFailure seen;
            try (Link link = connector.connect(host)) {
                seen = visit(link);
                wasOnline = status().online();
            } catch (LinkException e) {
                seen = e.failure();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                VisitThreads.logOwnFault(host.name(), e);
                seen = VisitThreads.ownFault(e);
            }
            if (closing) {
                return;
            }
            failures = wasOnline ? 1 : failures + 1;
            show(seen);
            pause(Backoff.delay(failures, seen, ThreadLocalRandom.current()));
        }
    }

    private LinkFailure visit(Link link) throws LinkException, InterruptedException {
        health = HostHealth.UNKNOWN;
        VisitContext context =
                new VisitContext(
                        host,
                        link,
                        ledger,
                        memory,
                        service,
                        clock,
                        limits,
                        new VisitThreads(host.name()),
                        at -> heard(link, at),
                        this::health);
        try (HostVisit now = new HostVisit(context)) {
            return switch (now.hello()) {
                case HostFacts.Answer.Fault fault -> {
                    Problem problem = new Problem(fault.what(), fault.detail(), fault.fix());
                    status(s -> s.found(List.of(problem), s.versions(), s.vitals()));
                    yield new LinkFailure.Offline(fault.detail());
                }
                case HostFacts.Answer.Facts answer -> {
                    facts = answer.facts();
                    health(h -> h.greeted(answer.facts()));
                    now.catchUp(answer.facts());
                    visit = now;
                    online(link);
                    now.listen(
                            () -> removals.finish(reach),
                            new StrayFollower(context, board, folders, answer.facts()));
                    yield now.stay();
                }
            };
        } finally {
            visit = null;
        }
    }

    private void online(Link link) {
        failure = null;
        Instant at = clock.instant();
        status(
                s ->
                        s.found(health.problems(), health.versions(), health.vitals())
                                .reachedBy(link.target().orElse(s.target()))
                                .heard(at, link.latency().orElse(null))
                                .to(HostState.ONLINE, null, at));
        memory.heard(host.name(), at);
    }

    /// Something was learned of how the host is; its row says so once it is online.
    private void health(UnaryOperator<HostHealth> change) {
        healthLock.lock();
        try {
            HostHealth before = health;
            HostHealth after = change.apply(before);
            health = after;
            if (!after.equals(before) && visit != null) {
                status(s -> s.found(after.problems(), after.versions(), after.vitals()));
            }
        } finally {
            healthLock.unlock();
        }
    }

    private void heard(Link link, Instant at) {
        if (closing) {
            return;
        }
        Instant before = status().lastHeard();
        if (before == null || at.isAfter(before.plus(HEARD_EVERY))) {
            status(s -> s.heard(at, link.latency().orElse(null)));
            memory.heard(host.name(), at);
        }
    }

    private void show(LinkFailure seen) {
        Instant now = clock.instant();
        failure = seen;
        HostState state =
                switch (seen) {
                    case LinkFailure.Offline f -> HostState.OFFLINE;
                    case LinkFailure.Locked f -> HostState.LOCKED;
                    case LinkFailure.AuthFailed f -> HostState.AUTH_FAILED;
                    case LinkFailure.HostKeyUnknown f -> HostState.HOST_KEY_UNKNOWN;
                    case LinkFailure.HostKeyChanged f -> HostState.HOST_KEY_CHANGED;
                    case LinkFailure.Penalised f -> HostState.PENALISED;
                    case LinkFailure.Misconfigured f -> HostState.OFFLINE;
                };
        status(s -> s.to(state, seen.detail(), now));
    }

    private HostStatus status() {
        return board.now()
                .host(host.name())
                .map(FleetBoard.Entry::status)
                .orElseThrow(() -> new IllegalStateException(host.name() + " is not on the board"));
    }

    /// Its row is the next keeper's as soon as this one ends.
    private void status(UnaryOperator<HostStatus> change) {
        if (closing) {
            return;
        }
        board.update(
                b ->
                        b.host(host.name())
                                .map(entry -> b.withStatus(change.apply(entry.status())))
                                .orElse(b));
    }

    private void pause(Duration howLong) {
        try {
            if (wake.tryAcquire(howLong.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
