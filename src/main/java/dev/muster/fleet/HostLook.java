package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.link.RunResult;
import dev.muster.session.JournalRecord;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks how the sessions of a host stand, for what no record tells: those that this service has
/// never heard of, and those that are gone without a word.
final class HostLook {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// How long what was written before a look may take to arrive here.
    private static final Duration READ_SOON = Duration.ofSeconds(2);

    private final VisitContext visit;
    private final ReadPosition position;

    HostLook(VisitContext visit, ReadPosition position) {
        this.visit = visit;
        this.position = position;
    }

    /// Looks, and believes it once the journal was read as far as it had been written by then: what
    /// a session said itself tells more than what is left of it.
    void look() throws LinkException, InterruptedException {
        Set<SessionId> expected = expected();
        Sweep sweep = sweep();
        Sweep.JournalEnd end = sweep.journal();
        if (end != null) {
            // A generation that has just begun is read after the late writers of the one before.
            position.await(
                    end.generation(), end.size(), READ_SOON.plus(visit.limits().lateWriters()));
        }
        apply(sweep, expected);
    }

    /// The sessions that have a folder on the host, if nobody took it away: all but those whose run
    /// has not begun. To be asked before looking: what is launched meanwhile may be
    /// missed by a look that had begun.
    Set<SessionId> expected() {
        // In this order: an order that is not there any more was carried out.
        List<SessionId> known = visit.ledger().sessions().stream().map(Session::id).toList();
        Set<SessionId> waiting =
                visit.memory().orders(visit.name()).stream()
                        .map(order -> order.spec().id())
                        .collect(Collectors.toUnmodifiableSet());
        return known.stream()
                .filter(id -> !waiting.contains(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What is there of sessions; those that were not known are from now on.
    ///
    /// @throws LinkException when the answer broke off: what is not in it may be there all the same
    Sweep sweep() throws LinkException, InterruptedException {
        RunResult result = visit.link().run(Sweep.script(), SOON);
        visit.heardNow();
        Sweep sweep = Sweep.parse(result.outText());
        if (!sweep.complete()) {
            throw new LinkException(
                    new LinkFailure.Offline(
                            "looking for sessions on "
                                    + visit.name()
                                    + " broke off with status "
                                    + result.exit()
                                    + ": "
                                    + result.errText().strip()));
        }
        visit.ledger()
                .adopt(
                        sweep.found().stream()
                                .map(found -> found.spec().onHost(visit.name()))
                                .toList());
        return sweep;
    }

    /// Sessions that the journal speaks of are known before it is read: what it says of one that is
    /// not known counts for nothing, and is not read again.
    void adoptStrangers(List<JournalRecord> records) throws LinkException, InterruptedException {
        boolean strangers =
                records.stream()
                        .flatMap(record -> record.session().stream())
                        .anyMatch(id -> !visit.ledger().known(id));
        if (strangers) {
            sweep();
        }
    }

    /// @param expected as it was before that sweep
    void apply(Sweep sweep, Set<SessionId> expected) {
        Instant now = visit.clock().instant();
        Map<SessionId, SessionEvent> events = new HashMap<>();
        Map<SessionId, Sweep.Found> found = new HashMap<>();
        sweep.found().forEach(one -> found.put(one.spec().id(), one));
        for (Session session : List.copyOf(visit.ledger().sessions())) {
            SessionId id = session.id();
            if (sweep.gone().contains(id)) {
                visit.ledger().removed(id);
                continue;
            }
            if (!found.containsKey(id) && !expected.contains(id)) {
                // Its order had not been delivered yet.
                continue;
            }
            SessionEvent event =
                    found.containsKey(id)
                            ? found.get(id).event(now)
                            : new SessionEvent.Missing(
                                    now, "its folder is not on " + visit.name() + " any more");
            if (session.isNews(event)) {
                events.put(id, event);
            }
        }
        visit.ledger().note(events);
    }
}
