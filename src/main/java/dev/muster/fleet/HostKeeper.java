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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stands by one host for as long as it is configured: connects, listens, and connects again. Its
/// row on the board always says how that goes.
final class HostKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostKeeper.class);
    /// Longer than a visit takes to end.
    private static final Duration ENDING = Duration.ofSeconds(8);

    private final Host host;
    private final Connector connector;
    private final HostLedger ledger;
    private final HostRow row;
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
        this.row = new HostRow(host, memory, board, clock);
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
        return row.failure();
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
            HostStatus status = row.status();
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
        row.close();
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
                wasOnline = row.status().online();
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
            row.failed(seen);
            pause(Backoff.delay(failures, seen, ThreadLocalRandom.current()));
        }
    }

    private LinkFailure visit(Link link) throws LinkException, InterruptedException {
        row.visited();
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
                        at -> row.heard(link, at),
                        row::health);
        try (HostVisit now = new HostVisit(context)) {
            return switch (now.hello()) {
                case HostFacts.Answer.Fault fault -> {
                    row.unfit(new Problem(fault.what(), fault.detail(), fault.fix()));
                    yield new LinkFailure.Offline(fault.detail());
                }
                case HostFacts.Answer.Facts answer -> {
                    facts = answer.facts();
                    row.health(h -> h.greeted(answer.facts()));
                    now.catchUp(answer.facts());
                    visit = now;
                    row.online(link);
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
