package dev.muster.web.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Near;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Cuts a board down to what a client's screen shows.
public final class Cut {
    private static final Set<String> WAITING =
            Set.of("needs-approval", "needs-input", "blocked", "failed", "crashed", "lost");

    private static final List<String> FIELDS =
            Arrays.stream(SessionRow.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();

    private Cut() {}

    /// The `limit` most urgent sessions: those that wait for a person, then those that run, each
    /// with the newest first. Totals stay those of the whole.
    public static Board sessions(Board board, int limit) {
        if (board.sessions().size() <= limit) {
            return board;
        }
        return new Board(
                board.asOf(),
                board.totals(),
                board.hosts(),
                List.copyOf(urgentFirst(board.sessions()).subList(0, limit)),
                board.requests(),
                board.accounts(),
                board.problems());
    }

    /// Those that wait for a person, then those that run, then the others; each with the newest
    /// first.
    public static List<SessionRow> urgentFirst(List<SessionRow> sessions) {
        List<SessionRow> rows = new ArrayList<>(sessions);
        rows.sort(Comparator.comparingInt(Cut::rank).thenComparing(SessionRow::since, later()));
        return rows;
    }

    /// Whether it waits for a person.
    public static boolean waits(SessionRow row) {
        return WAITING.contains(row.state());
    }

    private static int rank(SessionRow row) {
        if (waits(row)) {
            return 0;
        }
        return row.lifecycle().equals("ended") ? 2 : 1;
    }

    private static Comparator<java.time.Instant> later() {
        return Comparator.reverseOrder();
    }

    /// The board as a document whose sessions have these properties only, `id` always.
    ///
    /// @throws Refused when a session has no such property
    public static JsonNode fields(Board board, List<String> fields, ObjectMapper json)
            throws Refused {
        for (String field : fields) {
            if (!FIELDS.contains(field)) {
                throw Refused.of(
                        Kind.USAGE,
                        "a session has no field `" + field + "`",
                        Near.of(field, FIELDS)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("fields: " + String.join(", ", FIELDS)));
            }
        }
        ObjectNode document = json.valueToTree(board);
        Set<String> kept = new TreeSet<>(fields);
        kept.add("id");
        if (document.get("sessions") instanceof ArrayNode sessions) {
            sessions.forEach(row -> ((ObjectNode) row).retain(kept));
        }
        return document;
    }
}
