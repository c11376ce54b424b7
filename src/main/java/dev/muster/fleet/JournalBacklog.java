package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.Generations;
import dev.muster.session.HostFacts;
import dev.muster.session.JournalReader;
import dev.muster.session.JournalRecord;
import dev.muster.session.Sweep;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// What stands in a host's journal and nobody follows: stretches that were written while nobody
/// listened, and generations that came before the one that is written now.
final class JournalBacklog {
    private static final Logger LOG = Logger.getLogger(JournalBacklog.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final VisitContext visit;
    private final HostLook look;
    private final Consumer<JournalRecord> heard;
    private volatile String followed = "";

    /// @param heard told of each record
    JournalBacklog(VisitContext visit, HostLook look, Consumer<JournalRecord> heard) {
        this.visit = visit;
        this.look = look;
        this.heard = heard;
    }

    /// Which generation is followed: that one, and what comes after it, is left to whoever follows.
    String followed() {
        return followed;
    }

    void followed(String generation) {
        followed = generation;
    }

    /// Reads all that stands in the journal, oldest generation first. The newest is to be followed.
    ///
    /// @param sweep later than the facts: it knows a generation that was begun in between
    void catchUp(HostFacts facts, Sweep sweep) throws LinkException, InterruptedException {
        SortedMap<String, Long> ends = new TreeMap<>(facts.journals());
        followed = facts.generation();
        Sweep.JournalEnd newest = sweep.journal();
        if (newest != null) {
            if (!newest.generation().equals(followed)) {
                // What was written to it up to the change is not in its size of before.
                ends.put(followed, Long.MAX_VALUE);
                followed = newest.generation();
            }
            ends.merge(followed, newest.size(), Math::max);
        }
        read(ends);
        if (ends.size() > 1) {
            readStragglersLater();
        }
    }

    /// @param ends how far each generation is to be read at least, if so much is there
    private void read(SortedMap<String, Long> ends) throws LinkException, InterruptedException {
        Map<String, Long> cursors = visit.memory().cursors(visit.name());
        for (Map.Entry<String, Long> journal : ends.entrySet()) {
            long from = cursors.getOrDefault(journal.getKey(), 0L);
            readUpTo(journal.getKey(), from, journal.getValue());
        }
    }

    private void readUpTo(String generation, long from, long end)
            throws LinkException, InterruptedException {
        long offset = from;
        while (offset < end) {
            Script script = HostScript.named("read", generation, Long.toString(offset));
            RunResult result = visit.link().run(script, SOON);
            JournalReader reader = new JournalReader(offset);
            List<JournalRecord> records =
                    reader.take(result.out(), result.out().length, visit.clock().instant());
            look.adoptStrangers(records);
            if (reader.offset() == offset
                    || !visit.ledger().read(generation, offset, reader.offset(), records)) {
                // Nothing whole is there (a torn last record), or another reader was faster.
                return;
            }
            records.forEach(heard);
            offset = reader.offset();
        }
    }

    /// Reads all but the generation that is written now, and says which that is.
    String readOthers() throws LinkException, IOException, InterruptedException {
        Generations now = ask(Generations.listing());
        read(now.others());
        return now.current();
    }

    /// Runs `rotate.sh`.
    Generations ask(Script script) throws LinkException, IOException, InterruptedException {
        RunResult result = visit.link().run(script, SOON);
        visit.heardNow();
        Generations now = Generations.parse(result.outText());
        if (now.current().isEmpty()) {
            throw new IOException("the host does not say which journal it writes");
        }
        if (!result.ok()) {
            LOG.warnf(
                    "%s: the journal could not be rotated: %s",
                    visit.name(), result.errText().strip());
        }
        return now;
    }

    /// A writer may have been held up between reading the name of its generation and writing to it:
    /// reads what such ones have left, later, and clears away what is older than any writer.
    void readStragglersLater() {
        visit.threads().start("journal-stragglers", this::readStragglers);
    }

    private void readStragglers() throws LinkException, IOException, InterruptedException {
        Thread.sleep(visit.limits().stragglers());
        Generations now = ask(Generations.listing());
        read(now.others().headMap(followed));
        prune(now.current());
    }

    /// Old generations go once they were read to their ends, each with its cursor.
    private void prune(String current) throws LinkException, InterruptedException {
        SortedMap<String, Long> cursors = new TreeMap<>(visit.memory().cursors(visit.name()));
        cursors.remove(current);
        RunResult result = visit.link().run(Generations.pruning(cursors), SOON);
        List<String> pruned = Generations.pruned(result.outText());
        if (!pruned.isEmpty()) {
            visit.memory().forgetCursors(visit.name(), pruned);
        }
    }
}
