package dev.muster.fleet;

import dev.muster.fleet.JournalWatch.Reading;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.Generations;
import dev.muster.session.HostFacts;
import dev.muster.session.JournalRecord;
import dev.muster.session.JournalRecord.Content;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.State;
import dev.muster.session.Sweep;
import dev.muster.session.Vitals;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads a host's journal, each record once: what was written meanwhile, then what is written, over
/// from one generation to the next. Where reading stands is in the database only, so that it may be
/// cut off at any point.
final class JournalFollower {
    private static final Logger LOG = Logger.getLogger(JournalFollower.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final VisitContext visit;
    private final HostLook look;
    private final ReadPosition position;
    private final ChangesCount changes;
    private final Consumer<Vitals> vitals;
    private final JournalBacklog backlog;
    private final AtomicBoolean rotating = new AtomicBoolean();
    private volatile String current = "";
    private volatile @Nullable JournalWatch newest;

    /// @param vitals told how the host does
    JournalFollower(
            VisitContext visit,
            HostLook look,
            ReadPosition position,
            ChangesCount changes,
            Consumer<Vitals> vitals) {
        this.visit = visit;
        this.look = look;
        this.position = position;
        this.changes = changes;
        this.vitals = vitals;
        this.backlog = new JournalBacklog(visit, look);
    }

    /// Reads all that stands in the journal, oldest generation first.
    ///
    /// @param sweep later than the facts: it knows a generation that was begun in between
    void catchUp(HostFacts facts, Sweep sweep) throws LinkException, InterruptedException {
        SortedMap<String, Long> ends = new TreeMap<>(facts.journals());
        current = facts.generation();
        Sweep.JournalEnd newest = sweep.journal();
        if (newest != null) {
            if (!newest.generation().equals(current)) {
                // What was written to it up to the change is not in its size of before.
                ends.put(current, Long.MAX_VALUE);
                current = newest.generation();
            }
            ends.merge(current, newest.size(), Math::max);
        }
        backlog.read(ends);
        if (ends.size() > 1) {
            stragglers();
        }
    }

    /// Reads what is written, until the visit is over.
    void follow() throws LinkException, IOException, InterruptedException {
        String generation = current;
        visit.threads().whenOver(this::closeWatch);
        JournalWatch watch = open(generation);
        try {
            while (true) {
                String reading = generation;
                Reading after =
                        watch.follow((from, to, records) -> take(reading, from, to, records));
                if (visit.threads().isOver()) {
                    return;
                }
                String next =
                        switch (after) {
                            case MOVED -> after(generation);
                            case ENDED -> afterEnd(generation, watch.ending().orElse("it ended"));
                            case STALE, GOES_ON ->
                                    throw new IOException("the journal was read elsewhere");
                        };
                if (after == Reading.MOVED && next.equals(generation)) {
                    // Somebody wrote that it goes on elsewhere, and it does not.
                    continue;
                }
                // Before the old one is closed: with its lease, that one would end our hub as well.
                JournalWatch fresh = open(next);
                fresh.awaitBegun();
                watch.close();
                watch = fresh;
                generation = next;
                current = next;
            }
        } finally {
            watch.close();
        }
    }

    private void closeWatch() {
        JournalWatch now = newest;
        if (now != null) {
            now.close();
        }
    }

    private JournalWatch open(String generation) throws LinkException, InterruptedException {
        long offset = cursor(generation);
        JournalWatch watch =
                JournalWatch.open(
                        visit.link(),
                        visit.service(),
                        generation,
                        offset,
                        visit.clock(),
                        visit.heard());
        newest = watch;
        position.at(generation, offset);
        visit.threads().start("journal-control", () -> watch.followControl(vitals));
        visit.threads().start("journal-ping", () -> keepPinging(watch));
        rotateIfLarge(generation, offset);
        return watch;
    }

    private long cursor(String generation) {
        return visit.memory().cursors(visit.name()).getOrDefault(generation, 0L);
    }

    private void keepPinging(JournalWatch watch) throws InterruptedException {
        if (!watch.awaitBegun()) {
            return;
        }
        while (!visit.threads().isOver()) {
            try {
                watch.ping();
            } catch (IOException e) {
                return;
            }
            Thread.sleep(JournalWatch.TICK.dividedBy(2));
        }
    }

    private Reading take(String generation, long from, long to, List<JournalRecord> records) {
        visit.heardNow();
        try {
            look.adoptStrangers(records);
        } catch (LinkException e) {
            visit.threads().end(e.failure());
            return Reading.STALE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reading.STALE;
        }
        if (!visit.ledger().read(generation, from, to, records)) {
            return Reading.STALE;
        }
        position.at(generation, to);
        records.forEach(changes::heard);
        rotateIfLarge(generation, to);
        return records.stream().anyMatch(record -> record.content() instanceof Content.Next)
                ? Reading.MOVED
                : Reading.GOES_ON;
    }

    private String afterEnd(String generation, String ending)
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

    /// The generation to read after this one, once all others were read to their ends: who read the
    /// name of the old one just before the change writes there a moment later. What the journal
    /// itself says of it is a hint only; the host's own file decides.
    private String after(String generation)
            throws LinkException, IOException, InterruptedException {
        Thread.sleep(visit.limits().lateWriters());
        String now = backlog.readOthers();
        if (!now.equals(generation)) {
            stragglers();
        }
        return now;
    }

    private void stragglers() {
        visit.threads().start("journal-stragglers", () -> backlog.readStragglers(() -> current));
    }

    /// Reads on in a new generation. What stood unread in the old one is lost, and said to be.
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

    private void rotateIfLarge(String generation, long offset) {
        if (offset >= visit.limits().rotateAt() && rotating.compareAndSet(false, true)) {
            visit.threads().start("journal-rotation", () -> rotate(generation));
        }
    }

    /// Begins the next generation. That it has begun is read in the old one.
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
}
