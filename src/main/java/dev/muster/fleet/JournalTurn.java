package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.Generations;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.State;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Where a host's journal goes on when a generation of it is over: because it had grown large, or
/// because it is not what it was.
final class JournalTurn {
    private static final Logger LOG = Logger.getLogger(JournalTurn.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final VisitContext visit;
    private final HostLook look;
    private final JournalBacklog backlog;
    private final AtomicBoolean rotating = new AtomicBoolean();

    JournalTurn(VisitContext visit, HostLook look, JournalBacklog backlog) {
        this.visit = visit;
        this.look = look;
        this.backlog = backlog;
    }

    /// Begins the next generation once this one is large; that it has begun is read in this one.
    void rotateIfLarge(String generation, long size) {
        if (size >= visit.limits().rotateAt() && rotating.compareAndSet(false, true)) {
            visit.threads().start("journal-rotation", () -> rotate(generation));
        }
    }

    private void rotate(String generation) throws LinkException, IOException, InterruptedException {
        try {
            String next = Generations.after(generation, visit.clock().instant());
            Script script = Generations.rotation(generation, next, visit.limits().rotateAt());
            if (backlog.ask(script).current().equals(generation)) {
                // The disk may be full: not to be tried with every record.
                Thread.sleep(JournalWatch.TICK);
            }
        } finally {
            rotating.set(false);
        }
    }

    /// The generation to read after this one, once all others were read to their ends: who read the
    /// name of the old one just before the change writes there a moment later. What the journal
    /// itself says of it is a hint only; the host's own file decides.
    String after(String generation) throws LinkException, IOException, InterruptedException {
        Thread.sleep(visit.limits().lateWriters());
        String now = backlog.readOthers();
        if (!now.equals(generation)) {
            backlog.readStragglersLater();
        }
        return now;
    }

    /// The generation to read after the channel of this one ended by itself.
    ///
    /// @param ending the watcher's last word
    /// @throws IOException when that is no reason to go on elsewhere
    String afterEnd(String generation, String ending)
            throws LinkException, IOException, InterruptedException {
        if (JournalWatch.isMoved(ending)) {
            return after(generation);
        }
        if (!JournalWatch.isBroken(ending)) {
            throw new IOException(ending);
        }
        LOG.warnf("%s: the journal is not what it was: %s", visit.name(), ending);
        return anew(generation);
    }

    /// Begins a new generation. What stood unread in the old one is lost, and said to be.
    private String anew(String broken) throws LinkException, IOException, InterruptedException {
        String fresh = Generations.after(broken, visit.clock().instant());
        RunResult result = visit.link().run(HostScript.named("anew", broken, fresh), SOON);
        String next = Generations.parse(result.outText()).current();
        if (next.isEmpty()) {
            throw new IOException("no new journal: " + result.errText());
        }
        for (Session session : List.copyOf(visit.ledger().sessions())) {
            if (!session.ended() && session.state().lifecycle() != State.Lifecycle.QUEUED) {
                visit.ledger()
                        .note(
                                session.id(),
                                new SessionEvent.Noted(
                                        visit.clock().instant(),
                                        "gap",
                                        "the journal of "
                                                + visit.name()
                                                + " was deleted or cut short: events may be"
                                                + " missing",
                                        null));
            }
        }
        look.look();
        return next;
    }
}
