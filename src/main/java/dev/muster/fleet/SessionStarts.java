package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.link.LinkException;
import dev.muster.session.HostFacts;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Starts sessions, and brings ended ones back. Each is written down before it is tried.
public final class SessionStarts {
    private static final Logger LOG = Logger.getLogger(SessionStarts.class);

    private final Fleet fleet;
    private final SessionReach reach;
    private final ReentrantLock naming = new ReentrantLock();

    public SessionStarts(Fleet fleet) {
        this.fleet = fleet;
        this.reach = new SessionReach(fleet);
    }

    /// Starts a session, or finds the one that was started with this id.
    ///
    /// @return the session as it is once it was written down and handed to its host
    public Session start(StartAsk ask) throws Refused, InterruptedException {
        Optional<Session> before = fleet.board().now().session(ask.id());
        if (before.isPresent()) {
            return before.get();
        }
        HostKeeper keeper = reach.reachable(ask.host());
        LaunchOrder order;
        naming.lock();
        try {
            // Found on its host meanwhile, or asked for by the same request sent twice.
            before = fleet.board().now().session(ask.id());
            if (before.isPresent()) {
                return before.get();
            }
            Set<String> taken =
                    keeper.ledger().sessions().stream()
                            .map(session -> session.spec().name())
                            .collect(Collectors.toSet());
            order =
                    new StartPlan(fleet.hosts(), fleet.identity().id())
                            .order(ask, taken, home(keeper), fleet.clock().instant());
            writeDown(keeper, order);
        } finally {
            naming.unlock();
        }
        deliver(keeper, order);
        return reach.session(ask.id());
    }

    /// Brings an ended session back as its next run.
    public Session resume(SessionId id) throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        if (session.state() instanceof State.Lost) {
            throw Refused.of(
                            Kind.CONFLICT,
                            session.spec().name() + " is lost: nothing of it is on its host",
                            "start a new session")
                    .on(session.spec().host());
        }
        if (!session.ended()) {
            throw Refused.of(
                            Kind.CONFLICT,
                            session.spec().name() + " is " + session.state().word(),
                            "`muster attach " + session.spec().name() + "` shows it")
                    .on(session.spec().host());
        }
        HostKeeper keeper = reach.reachable(session.spec().host());
        LaunchOrder order =
                new StartPlan(fleet.hosts(), fleet.identity().id())
                        .again(
                                session.spec(),
                                session.run() + 1,
                                session.activity().conversation(),
                                Optional.ofNullable(session.spec().promptHead()).orElse(""));
        writeDown(keeper, order);
        deliver(keeper, order);
        return reach.session(id);
    }

    static void writeDown(HostKeeper keeper, LaunchOrder order) throws Refused {
        if (!keeper.ledger().ask(order)) {
            String host = keeper.host().name();
            throw Refused.of(
                            Kind.UNREACHABLE,
                            host + " is just being connected anew, because hosts.yaml has changed",
                            "try again in a moment; nothing was started")
                    .on(host);
        }
    }

    static void deliver(HostKeeper keeper, LaunchOrder order) throws InterruptedException {
        try {
            keeper.deliver(order);
        } catch (LinkException e) {
            // Written down: it goes out with the next connection, under the same id.
            LOG.infof(
                    "%s: %s waits for the connection: %s",
                    keeper.host().name(), order.spec().id(), e.getMessage());
        }
    }

    static String home(HostKeeper keeper) {
        HostFacts facts = keeper.facts();
        return facts == null ? "~" : facts.home();
    }
}
