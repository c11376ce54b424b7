package dev.muster.fleet;

import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.session.HostFacts;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Removals on one host. What was asked for is written down first, and goes on until it is done, or
/// refused because something would be lost: a removal that broke off may have done half of it.
final class Removals {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration AGAIN_MOST = Duration.ofMinutes(5);

    private final String host;
    private final HostLedger ledger;
    private final Memory memory;
    private final BoardKeeper board;
    private final Clock clock;

    /// Released when a removal was left to be gone on with.
    private final Semaphore left = new Semaphore(0);

    Removals(String host, HostLedger ledger, Memory memory, BoardKeeper board, Clock clock) {
        this.host = host;
        this.ledger = ledger;
        this.memory = memory;
        this.board = board;
        this.clock = clock;
    }

    /// The connection of this moment, with what is known of the host.
    interface Reach {
        Link link() throws LinkException;

        @Nullable HostFacts facts();
    }

    /// Removes a session, which was written down.
    ///
    /// @throws Refused when it stays as it is, or when it is not known yet what became of it
    Removing.Removed remove(Reach reach, Session session, boolean force)
            throws Refused, InterruptedException {
        HostFacts facts = reach.facts();
        try {
            Link link = reach.link();
            if (facts == null) {
                throw new LinkException(new LinkFailure.Offline(host + " was never reached"));
            }
            Removing.Removed done = new Removing(link, facts).remove(session, force);
            ledger.removed(session.id());
            return done;
        } catch (Refused e) {
            if (changesNothing(e.kind())) {
                memory.keep(session.id());
            } else {
                left.release();
            }
            throw e;
        } catch (LinkException e) {
            throw Refused.of(
                            Refused.Kind.UNKNOWN,
                            "removing " + session.spec().name() + ": " + e.failure().detail(),
                            "it is written down and goes on when " + host + " is back")
                    .on(host);
        }
    }

    /// Whether a refusal leaves the session whole: then it is kept. All else is tried again, as
    /// half of the session may be gone.
    private static boolean changesNothing(Refused.Kind kind) {
        return switch (kind) {
            case WOULD_LOSE, USAGE, NOT_FOUND, NOT_ALLOWED -> true;
            case FAILED, CONFLICT, UNREACHABLE, UNKNOWN -> false;
        };
    }

    /// Goes on with what was cut off, by us, the network or the host, until interrupted.
    void finish(Reach reach) throws InterruptedException {
        Map<SessionId, String> told = new HashMap<>();
        Duration pause = AGAIN;
        while (true) {
            left.drainPermits();
            if (pass(reach, told)) {
                left.acquire();
                pause = AGAIN;
            } else if (left.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = AGAIN;
            } else {
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(AGAIN_MOST) < 0 ? twice : AGAIN_MOST;
            }
        }
    }

    /// @return whether nothing is left to go on with
    private boolean pass(Reach reach, Map<SessionId, String> told) throws InterruptedException {
        boolean done = true;
        for (Memory.RemovalOrder order : memory.removals(host)) {
            Session session = board.now().session(order.session()).orElse(null);
            if (session == null) {
                memory.removed(order.session(), clock.instant());
            } else if (!session.ended() || session.run() != order.run()) {
                // Brought back since it was asked for: it is wanted again, also if it has ended.
                memory.keep(session.id());
            } else {
                done &= again(reach, session, order.force(), told);
            }
        }
        return done;
    }

    private boolean again(Reach reach, Session session, boolean force, Map<SessionId, String> told)
            throws InterruptedException {
        try {
            remove(reach, session, force);
            return true;
        } catch (Refused e) {
            left.drainPermits();
            // Once for each reason, however often it is tried.
            if (!e.sentence().equals(told.put(session.id(), e.sentence()))) {
                ledger.note(
                        session.id(),
                        new SessionEvent.Noted(
                                clock.instant(), "removal", e.sentence(), e.output()));
            }
            return changesNothing(e.kind());
        }
    }
}
