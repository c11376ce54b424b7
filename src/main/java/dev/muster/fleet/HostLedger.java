package dev.muster.fleet;

import dev.muster.agent.AgentEvent;
import dev.muster.fleet.Memory.Commit;
import dev.muster.fleet.Memory.CursorMove;
import dev.muster.fleet.Memory.Happened;
import dev.muster.session.JournalRecord;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one writer of a host's sessions: every event goes into memory first, in the transaction that
/// moves the reading position, then onto the board.
public final class HostLedger {
    private static final AtomicLong OWN = new AtomicLong();

    private final String host;
    private final Memory memory;
    private final BoardKeeper board;
    private final Clock clock;
    private final String era;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    public HostLedger(String host, Memory memory, BoardKeeper board, Clock clock) {
        this.host = host;
        this.memory = memory;
        this.board = board;
        this.clock = clock;
        // Distinguishes this life of the service from earlier ones in the origins of its own
        // events.
        this.era = Long.toString(clock.millis(), 36);
    }

    /// Applies what a stretch of the journal says.
    ///
    /// @return false when these bytes had been read already: the caller must read again from the
    ///     remembered cursor
    public boolean read(String generation, long from, long to, List<JournalRecord> records) {
        long read = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            List<Happened> events = new ArrayList<>();
            for (JournalRecord record : records) {
                switch (record.content()) {
                    case JournalRecord.Content.Of of -> {
                        if (known(of.session())) {
                            events.addAll(happened(generation, record, of));
                        }
                    }
                    case JournalRecord.Content.Gap gap ->
                            events.addAll(gap(generation, record, gap));
                    case JournalRecord.Content.Next next -> {
                        // The keeper follows it; no session is touched.
                    }
                }
            }
            boolean news = apply(new CursorMove(generation, from, to), events);
            if (news && !events.isEmpty()) {
                board.took(System.nanoTime() - read);
            }
            return news;
        } finally {
            lock.unlock();
        }
    }

    /// Applies what the service itself did or found.
    public void note(SessionId session, SessionEvent event) {
        note(Map.of(session, event));
    }

    /// Applies several at once; sessions that are not known are passed over.
    public void note(Map<SessionId, ? extends SessionEvent> events) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            List<Happened> happened = new ArrayList<>();
            events.forEach(
                    (session, event) -> {
                        if (known(session)) {
                            happened.add(new Happened(session, own(), event));
                        }
                    });
            apply(null, happened);
        } finally {
            lock.unlock();
        }
    }

    /// Takes sessions onto the board that were found on the host.
    public void adopt(Collection<SessionSpec> found) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            List<Session> added =
                    found.stream().filter(spec -> !known(spec.id())).map(Session::asked).toList();
            if (!added.isEmpty()) {
                memory.commit(new Commit(host, null, List.of(), added, List.of(), List.of()));
                board.update(b -> b.withSessions(host, added, Set.of()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes down a run that is wanted. Does nothing when that run is known.
    ///
    /// @return false when this ledger is closed: nothing was written down
    public boolean ask(LaunchOrder order) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Session before = session(order.spec().id());
            Session base = before == null ? Session.asked(order.spec()) : before;
            SessionEvent.Asked asked = new SessionEvent.Asked(clock.instant(), order.run());
            Session after = base.apply(asked);
            memory.ask(after, order, asked);
            board.update(b -> b.withSessions(host, List.of(after), Set.of()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The session is gone from its host.
    public void removed(SessionId id) {
        lock.lock();
        try {
            if (closed) {
                // The tombstone on the host tells the next one.
                return;
            }
            memory.removed(id, clock.instant());
            board.update(b -> b.withSessions(host, List.of(), Set.of(id)));
        } finally {
            lock.unlock();
        }
    }

    /// Writes nothing any more. Whoever still works for this one has learned nothing that the host
    /// would not tell the next: a host has one ledger at a time.
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether an agent's request was read and waits no more. What was just asked is in memory
    /// before it is on the board: only under the lock do the two agree.
    boolean isOver(SessionId id, String request) {
        lock.lock();
        try {
            Session session = session(id);
            return session != null
                    && !session.activity().isOpen(request)
                    && memory.said(id, request).stream().anyMatch(HostLedger::asks);
        } finally {
            lock.unlock();
        }
    }

    /// How many prompts of this digest a session's agent took, and the board shows that it took
    /// them.
    ///
    /// @param digest empty: of any
    int prompted(SessionId id, String digest) {
        lock.lock();
        try {
            return memory.prompted(id, digest);
        } finally {
            lock.unlock();
        }
    }

    private static boolean asks(Memory.Remembered one) {
        return one.event() instanceof SessionEvent.Said said
                && said.what() instanceof AgentEvent.Asked;
    }

    public boolean known(SessionId id) {
        return session(id) != null;
    }

    public Collection<Session> sessions() {
        return board.now()
                .host(host)
                .map(entry -> (Collection<Session>) entry.sessions().values())
                .orElse(List.of());
    }

    private boolean apply(@Nullable CursorMove cursor, List<Happened> events) {
        Map<SessionId, Session> changed = new LinkedHashMap<>();
        List<Happened> history = new ArrayList<>();
        List<Spent> spent = new ArrayList<>();
        List<Quota> quotas = new ArrayList<>();
        for (Happened happened : events) {
            Session before = changed.get(happened.session());
            if (before == null) {
                before = session(happened.session());
            }
            if (before == null) {
                continue;
            }
            SessionEvent event = happened.event();
            Session after = before.apply(event);
            changed.put(happened.session(), after);
            Spent.between(before, after, event, clock).ifPresent(spent::add);
            Quota.of(after.spec(), event, clock.instant()).ifPresent(quotas::add);
            // Readings come every few seconds: the session and the sums hold what they say.
            if (!(event instanceof SessionEvent.Said said
                    && (said.what() instanceof AgentEvent.Used
                            || said.what() instanceof AgentEvent.CountsFrom))) {
                history.add(happened);
            }
        }
        List<Session> sessions = List.copyOf(changed.values());
        if (!memory.commit(new Commit(host, cursor, history, sessions, spent, quotas))) {
            return false;
        }
        board.update(b -> b.withSessions(host, sessions, Set.of()).withQuotas(quotas));
        return true;
    }

    private static List<Happened> happened(
            String generation, JournalRecord record, JournalRecord.Content.Of of) {
        List<Happened> happened = new ArrayList<>();
        for (SessionEvent event : of.events()) {
            String nth = happened.isEmpty() ? "" : "+" + happened.size();
            happened.add(
                    new Happened(of.session(), generation + ":" + record.offset() + nth, event));
        }
        return happened;
    }

    /// A gap belongs to nobody: every session that could have lost something is told.
    private List<Happened> gap(
            String generation, JournalRecord record, JournalRecord.Content.Gap gap) {
        Instant now = clock.instant();
        List<Happened> told = new ArrayList<>();
        for (Session session : sessions()) {
            if (!session.ended()) {
                told.add(
                        new Happened(
                                session.id(),
                                generation + ":" + record.offset(),
                                new SessionEvent.Noted(
                                        now,
                                        "gap",
                                        "the host's journal has "
                                                + gap.bytes()
                                                + " bytes that are no record: an event may be"
                                                + " missing",
                                        null)));
            }
        }
        return told;
    }

    private @Nullable Session session(SessionId id) {
        return board.now().host(host).map(entry -> entry.sessions().get(id)).orElse(null);
    }

    private String own() {
        return "service:" + era + ":" + OWN.incrementAndGet();
    }
}
