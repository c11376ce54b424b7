package dev.muster.web.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.SessionRow;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.web.SessionRefs;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tool by which an agent waits for the others, instead of asking again and again.
@Singleton
public class WaitTool {
    /// Below the minute after which clients take a tool for dead.
    private static final int LONGEST_WAIT = 50;

    private final Fleet fleet;
    private final SessionRefs refs;
    private final Documents documents;
    private final Moments moments;

    WaitTool(Fleet fleet, SessionRefs refs, Documents documents, Moments moments) {
        this.fleet = fleet;
        this.refs = refs;
        this.documents = documents;
        this.moments = moments;
    }

    ToolSpec spec() {
        return ToolSpec.look(
                "wait",
                "Wait for sessions",
                "Waits until one of the sessions comes to rest: it is idle, waits for"
                        + " somebody, has ended or is gone. Answers those, or says after"
                        + " `seconds` that none has: then call it again. Use it instead of"
                        + " asking `list` again and again. With `moment`, which other"
                        + " tools tell, nothing is missed: what came to rest after that"
                        + " counts, and what rested before does not.",
                List.of(
                        new Param.Texts("sessions", "Which; without: every session on the board"),
                        new Param.Number("seconds", "How long at most", 1, LONGEST_WAIT, 45),
                        new Param.Number(
                                "moment",
                                "The number that an earlier answer told",
                                0,
                                Long.MAX_VALUE,
                                0)),
                this::await);
    }

    private Answer await(Arguments given) throws Refused, InterruptedException {
        List<SessionId> wanted = new ArrayList<>();
        for (String ref : given.texts("sessions")) {
            wanted.add(refs.one(ref).id());
        }
        Optional<FleetBoard> before = moments.board(given.number("moment"));
        // Without a moment, sessions that were named may rest already; of all, only news counts.
        Awaited awaited =
                new Awaited(
                        before.isEmpty() && wanted.isEmpty()
                                ? Optional.of(fleet.board().now())
                                : before,
                        wanted);
        fleet.board()
                .await(
                        board -> !awaited.rested(board).isEmpty(),
                        Duration.ofSeconds(given.number("seconds")));
        FleetBoard now = fleet.board().now();
        List<String> lines = awaited.rested(now).stream().map(s -> row(s, now)).toList();
        Answer answer =
                lines.isEmpty()
                        ? Answer.of("None has come to rest yet.")
                        : Documents.answer("have come to rest", lines, 0, Integer.MAX_VALUE);
        return answer.and("moment=" + moments.of(now));
    }

    private String row(Session session, FleetBoard now) {
        if (now.session(session.id()).isEmpty()) {
            ObjectNode gone =
                    documents.tree(new Gone(session.spec().name(), session.spec().host()));
            return documents.line(gone, Set.of());
        }
        SessionRow row = refs.row(session);
        return documents.line(row, LookTools.IN_A_LIST);
    }

    /// A session that is no longer on the board.
    record Gone(String name, String host, String state) {
        Gone(String name, String host) {
            this(name, host, "removed");
        }
    }
}
