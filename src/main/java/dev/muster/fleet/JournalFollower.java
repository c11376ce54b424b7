package dev.muster.fleet;

import dev.muster.fleet.JournalWatch.Reading;
import dev.muster.link.LinkException;
import dev.muster.session.JournalRecord;
import dev.muster.session.JournalRecord.Content;
import dev.muster.session.Vitals;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a host's journal as it is written, each record once, over from one generation to the next.
/// Where reading stands is in the database only, so that it may be cut off at any point.
final class JournalFollower {
    private final VisitContext visit;
    private final HostLook look;
    private final ReadPosition position;
    private final ChangesCount changes;
    private final Consumer<Vitals> vitals;
    private final JournalBacklog backlog;
    private final JournalTurn turn;
    private volatile @Nullable JournalWatch newest;

    /// @param backlog has read what stood there before
    /// @param vitals told how the host does
    JournalFollower(
            VisitContext visit,
            HostLook look,
            ReadPosition position,
            ChangesCount changes,
            JournalBacklog backlog,
            Consumer<Vitals> vitals) {
        this.visit = visit;
        this.look = look;
        this.position = position;
        this.changes = changes;
        this.vitals = vitals;
        this.backlog = backlog;
        this.turn = new JournalTurn(visit, look, backlog);
    }

    /// Reads what is written, until the visit is over.
    void follow() throws LinkException, IOException, InterruptedException {
        String generation = backlog.followed();
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
                            case MOVED -> turn.after(generation);
                            case ENDED ->
                                    turn.afterEnd(generation, watch.ending().orElse("it ended"));
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
                backlog.followed(next);
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
        turn.rotateIfLarge(generation, offset);
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
        turn.rotateIfLarge(generation, to);
        return records.stream().anyMatch(record -> record.content() instanceof Content.Next)
                ? Reading.MOVED
                : Reading.GOES_ON;
    }
}
