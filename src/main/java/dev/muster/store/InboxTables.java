package dev.muster.store;

import dev.muster.fleet.AnswerOrder;
import dev.muster.fleet.Memory;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements of answers to requests. Their locks and transactions are {@link SqlMemory}'s.
final class InboxTables {
    private static final String COLUMNS = "SELECT body, outcome FROM answer_order";

    private InboxTables() {}

    /// The first row of a request is the one that counts.
    static AnswerOrder first(Handle h, AnswerOrder order) {
        h.createUpdate(
                        "INSERT INTO answer_order (request, session, host, body)"
                                + " VALUES (:request, :session, :host, :body)"
                                + " ON CONFLICT (request) DO NOTHING")
                .bind("request", order.request())
                .bind("session", order.session().value())
                .bind("host", order.host())
                .bind("body", Bodies.write(order))
                .execute();
        return to(h, order.request()).orElseThrow();
    }

    static Optional<AnswerOrder> to(Handle h, String request) {
        return h.createQuery(COLUMNS + " WHERE request = :request")
                .bind("request", request)
                .map((rs, ctx) -> order(rs))
                .findOne();
    }

    static List<AnswerOrder> open(Handle h, String host) {
        return h
                .createQuery(COLUMNS + " WHERE host = :host AND outcome IS NULL")
                .bind("host", host)
                .map((rs, ctx) -> order(rs))
                .stream()
                .sorted((a, b) -> a.at().compareTo(b.at()))
                .toList();
    }

    static int close(Handle h, String request, String outcome) {
        return h.createUpdate("UPDATE answer_order SET outcome = :outcome WHERE request = :request")
                .bind("outcome", outcome)
                .bind("request", request)
                .execute();
    }

    /// Ids of requests are random and stand in the bodies of few events.
    static List<Memory.Remembered> said(Handle h, @Nullable SessionId session, String beginning) {
        if (!beginning.matches("[0-9a-f]{1,16}")) {
            return List.of();
        }
        return h.createQuery(
                        "SELECT seq, read_at, body FROM event WHERE "
                                + (session == null ? "" : "session = :session AND ")
                                + "(body LIKE :settled OR body LIKE :asked) ORDER BY seq")
                .bindMap(session == null ? Map.of() : Map.of("session", session.value()))
                .bind("settled", "%\"request\":\"" + beginning + "%")
                .bind("asked", "%\"request\":{\"id\":\"" + beginning + "%")
                .map(
                        (rs, ctx) ->
                                new Memory.Remembered(
                                        rs.getLong(1),
                                        Instant.ofEpochMilli(rs.getLong(2)),
                                        Bodies.read(rs.getString(3), SessionEvent.class)))
                .list();
    }

    static int prompted(Handle h, SessionId session, String digest) {
        return h.createQuery(
                        "SELECT COUNT(*) FROM event WHERE session = :session AND body LIKE :said"
                                + " AND body LIKE :digest")
                .bind("session", session.value())
                .bind("said", "%\"said\":\"prompted\"%")
                .bind("digest", digest.isEmpty() ? "%" : "%\"digest\":\"" + digest + "\"%")
                .mapTo(Integer.class)
                .one();
    }

    private static AnswerOrder order(ResultSet row) throws SQLException {
        AnswerOrder order = Bodies.read(row.getString(1), AnswerOrder.class);
        String outcome = row.getString(2);
        return outcome == null ? order : order.withOutcome(outcome);
    }
}
