package dev.muster.fleet;

import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.link.RunResult;
import dev.muster.session.Generations;
import dev.muster.session.HostFacts;
import dev.muster.session.LaunchOrder;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.Sweep;
import dev.muster.shell.HostScript;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to a host, from the first script to its end: learns what is there, catches up
/// with the journal, delivers what was asked meanwhile, then listens.
final class HostVisit implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostVisit.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    /// How long its threads may take to end once the link is closed.
    private static final Duration ENDING = Duration.ofSeconds(5);

    private final VisitContext visit;
    private final HostLook look;
    private final LostEvents lost;
    private final ChangesCount changes;
    private final JournalBacklog backlog;
    private final JournalFollower journal;

    HostVisit(VisitContext visit) {
        this.visit = visit;
        ReadPosition position = new ReadPosition();
        this.look = new HostLook(visit, position);
        this.lost = new LostEvents(visit, look);
        this.changes = new ChangesCount(visit.link(), visit.ledger(), visit.clock());
        this.backlog = new JournalBacklog(visit, look, changes::heard);
        this.journal = new JournalFollower(visit, look, position, changes, backlog, lost::vitals);
        visit.link().closed().thenAccept(visit.threads()::end);
    }

    /// Asks who is there. Nothing of the board changes.
    HostFacts.Answer hello() throws LinkException, InterruptedException {
        String generation = Generations.name(visit.clock().instant());
        RunResult result = visit.link().run(HostFacts.script(generation), SOON);
        visit.heardNow();
        visit.health().accept(h -> h.withNoise(result.noise()));
        return HostFacts.parse(result.outText(), visit.clock().instant());
    }

    /// Brings the ledger up to what the host says now.
    void catchUp(HostFacts facts) throws LinkException, InterruptedException {
        Set<SessionId> expected = look.expected();
        Sweep sweep = look.sweep();
        for (SessionSpec removed : sweep.halfGone()) {
            visit.link().run(HostScript.named("bury", removed.id().value(), removed.name()), SOON);
        }
        backlog.catchUp(facts, sweep);
        look.apply(sweep, expected);
    }

    /// Delivers what was asked while the host was away, or what a kill of the service cut short.
    void deliverAll() throws LinkException, InterruptedException {
        for (LaunchOrder order : visit.memory().orders(visit.name())) {
            deliver(order);
        }
    }

    /// Tells the host to launch a run. Repeating it launches nothing twice.
    void deliver(LaunchOrder order) throws LinkException, InterruptedException {
        RunResult result = visit.link().run(order.script(), SOON);
        SessionId id = order.spec().id();
        String name = visit.name();
        switch (LaunchOrder.parse(result.exit(), result.outText(), result.errText())) {
            // The order stays until the run has said a word: should tmux end before its pane has
            // begun, it is delivered again.
            case LaunchOrder.Answer.Launched a -> LOG.debugf("%s: %s is launched", name, id);
            case LaunchOrder.Answer.Gone a -> visit.ledger().removed(id);
            case LaunchOrder.Answer.Taken a ->
                    notLaunched(
                            order,
                            "the name " + order.spec().name() + " is taken on " + name,
                            null);
            case LaunchOrder.Answer.Fault a -> notLaunched(order, a.why(), a.output());
            case LaunchOrder.Answer.Unclear a -> {
                // The connection begins anew, which installs what is missing; the order stays.
                LOG.warnf("%s: launch of %s is not clear: %s", name, id, a.why());
                visit.threads().end(new LinkFailure.Offline(a.why()));
            }
        }
    }

    private void notLaunched(LaunchOrder order, String why, @Nullable String output) {
        visit.ledger()
                .note(
                        order.spec().id(),
                        new SessionEvent.NotLaunched(
                                visit.clock().instant(), order.run(), why, output));
    }

    /// Begins to listen, then does what is still to do there.
    ///
    /// @param removals goes on with removals that were cut off
    /// @param strays listens to agents that people started by hand
    void listen(VisitThreads.Work removals, StrayFollower strays)
            throws LinkException, InterruptedException {
        VisitThreads threads = visit.threads();
        threads.start("journal", journal::follow);
        threads.start(
                "tmux", new HubFollower(visit, look, lost, changes, this::deliverAll)::follow);
        threads.start("changes", changes::keepCounting);
        threads.start("strays", strays::follow);
        deliverAll();
        // In a thread of its own: a large worktree takes its time.
        threads.start("removals", removals);
    }

    /// Waits until the connection ends, and says why it did.
    LinkFailure stay() {
        return visit.threads().join();
    }

    Link link() {
        return visit.link();
    }

    /// Ends the visit: whoever stays in it returns.
    void end(LinkFailure why) {
        visit.threads().end(why);
    }

    /// Ends the visit with its connection, and waits until nothing of it runs any more.
    @Override
    public void close() {
        end(new LinkFailure.Offline("Muster closed the connection"));
        visit.link().close();
        if (!visit.threads().awaitEnd(ENDING)) {
            LOG.warnf("%s: a thread of an ended connection goes on", visit.name());
        }
    }
}
