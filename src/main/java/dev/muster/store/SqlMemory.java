package dev.muster.store;

import dev.muster.fleet.AnswerOrder;
import dev.muster.fleet.Memory;
import dev.muster.fleet.Quota;
import dev.muster.fleet.UsageBy;
import dev.muster.fleet.UsageSum;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The fleet's memory in a relational database.
@ApplicationScoped
public class SqlMemory implements Memory {
    private final Database database;
    private final Clock clock;
    private final AtomicLong eventSeq = new AtomicLong(-1);
    private final AtomicLong auditSeq = new AtomicLong(-1);

    @Inject
    public SqlMemory(Database database) {
        this(database, Clock.systemUTC());
    }

    SqlMemory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<Session> sessions() {
        return read(
                h ->
                        h.createQuery("SELECT body FROM session ORDER BY id")
                                .mapTo(String.class)
                                .map(body -> Bodies.read(body, Session.class))
                                .list());
    }

    @Override
    public Map<String, Long> cursors(String host) {
        return read(
                h -> {
                    Map<String, Long> cursors = new HashMap<>();
                    h.createQuery("SELECT generation, off FROM journal_cursor WHERE host = :host")
                            .bind("host", host)
                            .map((rs, ctx) -> Map.entry(rs.getString(1), rs.getLong(2)))
                            .forEach(e -> cursors.put(e.getKey(), e.getValue()));
                    return cursors;
                });
    }

    @Override
    public void forgetCursors(String host, Collection<String> generations) {
        write(
                h -> {
                    PreparedBatch batch =
                            h.prepareBatch(
                                    "DELETE FROM journal_cursor"
                                            + " WHERE host = :host AND generation = :generation");
                    generations.forEach(
                            name -> batch.bind("host", host).bind("generation", name).add());
                    return batch.execute();
                });
    }

    @Override
    public boolean commit(Commit commit) {
        return write(
                h -> {
                    CursorMove move = commit.cursor();
                    if (move != null && !move(h, commit.host(), move)) {
                        h.rollback();
                        return false;
                    }
                    events(h, commit.host(), commit.events());
                    for (Session session : commit.sessions()) {
                        save(h, session);
                        if (session.state().lifecycle() != State.Lifecycle.QUEUED) {
                            begun(h, session);
                        }
                    }
                    commit.spent().forEach(spent -> UsageRows.add(h, spent));
                    commit.quotas().forEach(quota -> UsageRows.keep(h, quota));
                    return true;
                });
    }

    private static boolean move(Handle h, String host, CursorMove move) {
        if (move.from() == 0) {
            // The first reading of a generation makes the row; a repeated one finds it moved on.
            h.createUpdate(
                            "INSERT INTO journal_cursor (host, generation, off)"
                                    + " VALUES (:host, :gen, 0)"
                                    + " ON CONFLICT (host, generation) DO NOTHING")
                    .bind("host", host)
                    .bind("gen", move.generation())
                    .execute();
        }
        return h.createUpdate(
                                "UPDATE journal_cursor SET off = :to WHERE host = :host"
                                        + " AND generation = :gen AND off = :from")
                        .bind("to", move.to())
                        .bind("from", move.from())
                        .bind("host", host)
                        .bind("gen", move.generation())
                        .execute()
                == 1;
    }

    private void events(Handle h, String host, List<Happened> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                h.prepareBatch(
                        "INSERT INTO event (seq, host, session, origin, read_at, body)"
                                + " VALUES (:seq, :host, :session, :origin, :at, :body)"
                                + " ON CONFLICT (host, session, origin) DO NOTHING");
        long now = clock.millis();
        for (Happened happened : events) {
            batch.bind("seq", next(h, eventSeq, "event"))
                    .bind("host", host)
                    .bind("session", happened.session().value())
                    .bind("origin", happened.origin())
                    .bind("at", now)
                    .bind("body", Bodies.write(happened.event()))
                    .add();
        }
        batch.execute();
    }

    private static void save(Handle h, Session session) {
        h.createUpdate(
                        "INSERT INTO session (id, host, body) VALUES (:id, :host, :body)"
                                + " ON CONFLICT (id) DO UPDATE SET host = excluded.host,"
                                + " body = excluded.body")
                .bind("id", session.id().value())
                .bind("host", session.spec().host())
                .bind("body", Bodies.write(session))
                .execute();
    }

    /// A run that said a word needs no order any more.
    private static void begun(Handle h, Session session) {
        h.createUpdate("DELETE FROM launch_order WHERE session = :session AND run <= :run")
                .bind("session", session.id().value())
                .bind("run", session.run())
                .execute();
    }

    @Override
    public void ask(Session session, LaunchOrder order, SessionEvent.Asked asked) {
        write(
                h -> {
                    save(h, session);
                    events(
                            h,
                            session.spec().host(),
                            List.of(
                                    new Happened(
                                            session.id(), "service:run:" + order.run(), asked)));
                    return h.createUpdate(
                                    "INSERT INTO launch_order (session, run, host, body)"
                                            + " VALUES (:session, :run, :host, :body)"
                                            + " ON CONFLICT (session, run) DO NOTHING")
                            .bind("session", session.id().value())
                            .bind("run", order.run())
                            .bind("host", session.spec().host())
                            .bind("body", Bodies.write(order))
                            .execute();
                });
    }

    @Override
    public List<LaunchOrder> orders(String host) {
        return read(
                h ->
                        h.createQuery(
                                        "SELECT body FROM launch_order WHERE host = :host"
                                                + " ORDER BY session, run")
                                .bind("host", host)
                                .mapTo(String.class)
                                .map(body -> Bodies.read(body, LaunchOrder.class))
                                .list());
    }

    @Override
    public void askRemoval(String host, RemovalOrder order) {
        write(
                h ->
                        h.createUpdate(
                                        "INSERT INTO removal_order (session, host, run, force)"
                                                + " VALUES (:session, :host, :run, :force)"
                                                + " ON CONFLICT (session) DO UPDATE"
                                                + " SET run = excluded.run,"
                                                + " force = excluded.force")
                                .bind("session", order.session().value())
                                .bind("run", order.run())
                                .bind("host", host)
                                .bind("force", order.force() ? 1 : 0)
                                .execute());
    }

    @Override
    public List<RemovalOrder> removals(String host) {
        return read(
                h ->
                        h.createQuery(
                                        "SELECT session, run, force FROM removal_order"
                                                + " WHERE host = :host ORDER BY session")
                                .bind("host", host)
                                .map(
                                        (rs, ctx) ->
                                                new RemovalOrder(
                                                        new SessionId(rs.getString(1)),
                                                        rs.getInt(2),
                                                        rs.getInt(3) != 0))
                                .list());
    }

    @Override
    public void keep(SessionId session) {
        write(h -> delete(h, "removal_order", "session", session.value()));
    }

    @Override
    public void removed(SessionId session, Instant at) {
        write(
                h -> {
                    delete(h, "session", "id", session.value());
                    delete(h, "launch_order", "session", session.value());
                    delete(h, "answer_order", "session", session.value());
                    return delete(h, "removal_order", "session", session.value());
                });
    }

    @Override
    public List<Remembered> history(SessionId session, long after, int limit) {
        return read(
                h ->
                        h.createQuery(
                                        "SELECT seq, read_at, body FROM event"
                                                + " WHERE session = :session AND seq > :after"
                                                + " ORDER BY seq LIMIT :limit")
                                .bind("session", session.value())
                                .bind("after", after)
                                .bind("limit", limit)
                                .map(
                                        (rs, ctx) ->
                                                new Remembered(
                                                        rs.getLong(1),
                                                        Instant.ofEpochMilli(rs.getLong(2)),
                                                        Bodies.read(
                                                                rs.getString(3),
                                                                SessionEvent.class)))
                                .list());
    }

    @Override
    public Map<String, Instant> lastHeard() {
        return read(
                h -> {
                    Map<String, Instant> heard = new HashMap<>();
                    h.createQuery("SELECT host, at FROM host_heard")
                            .map((rs, ctx) -> Map.entry(rs.getString(1), rs.getLong(2)))
                            .forEach(
                                    e -> heard.put(e.getKey(), Instant.ofEpochMilli(e.getValue())));
                    return heard;
                });
    }

    @Override
    public void heard(String host, Instant at) {
        write(
                h ->
                        h.createUpdate(
                                        "INSERT INTO host_heard (host, at) VALUES (:host, :at)"
                                                + " ON CONFLICT (host) DO UPDATE"
                                                + " SET at = excluded.at")
                                .bind("host", host)
                                .bind("at", at.toEpochMilli())
                                .execute());
    }

    @Override
    public List<Quota> quotas() {
        return read(UsageRows::quotas);
    }

    @Override
    public UsageSum.Table usage(UsageBy by, LocalDate since) {
        return read(h -> UsageRows.sums(h, by, since));
    }

    @Override
    public void forget(String host) {
        write(
                h -> {
                    for (String table :
                            List.of(
                                    "session",
                                    "journal_cursor",
                                    "event",
                                    "launch_order",
                                    "removal_order",
                                    "answer_order",
                                    "spent",
                                    "host_heard")) {
                        delete(h, table, "host", host);
                    }
                    return 0;
                });
    }

    @Override
    public void audit(Audit entry) {
        SessionId session = entry.session();
        write(
                h ->
                        h.createUpdate(
                                        "INSERT INTO audit"
                                                + " (seq, at, who, action, host, session, outcome)"
                                                + " VALUES (:seq, :at, :who, :action, :host,"
                                                + " :session, :outcome)")
                                .bind("seq", next(h, auditSeq, "audit"))
                                .bind("at", entry.at().toEpochMilli())
                                .bind("who", entry.who())
                                .bind("action", entry.action())
                                .bind("host", entry.host())
                                .bind("session", session == null ? null : session.value())
                                .bind("outcome", entry.outcome())
                                .execute());
    }

    @Override
    public AnswerOrder answer(AnswerOrder order) {
        return write(h -> InboxTables.first(h, order));
    }

    @Override
    public Optional<AnswerOrder> answerTo(String request) {
        return read(h -> InboxTables.to(h, request));
    }

    @Override
    public List<AnswerOrder> answers(String host) {
        return read(h -> InboxTables.open(h, host));
    }

    @Override
    public void answered(String request, String outcome) {
        write(h -> InboxTables.close(h, request, outcome));
    }

    @Override
    public void withdraw(String request) {
        write(h -> delete(h, "answer_order", "request", request));
    }

    @Override
    public int prompted(SessionId session, String digest) {
        return read(h -> InboxTables.prompted(h, session, digest));
    }

    @Override
    public List<Remembered> said(@Nullable SessionId session, String beginning) {
        return read(h -> InboxTables.said(h, session, beginning));
    }

    /// Table and column are words of this class, never of a caller's.
    private static int delete(Handle h, String table, String column, String value) {
        return h.createUpdate("DELETE FROM " + table + " WHERE " + column + " = :value")
                .bind("value", value)
                .execute();
    }

    /// The service numbers its rows itself: identity columns are spelt differently everywhere.
    private static long next(Handle h, AtomicLong seq, String table) {
        if (seq.get() < 0) {
            seq.set(
                    h.createQuery("SELECT COALESCE(MAX(seq), 0) FROM " + table)
                            .mapTo(Long.class)
                            .one());
        }
        return seq.incrementAndGet();
    }

    private <T> T read(Function<Handle, T> work) {
        return database.read(work);
    }

    private <T> T write(Function<Handle, T> work) {
        return database.write(work);
    }
}
