package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// When the terminal's bell is to ring: something waits for a person, or came to an end, that did
/// not so on the board before.
final class Bell {
    private static final Set<String> ENDS = Set.of("finished", "rate-limited");

    private Bell() {}

    static boolean rings(Board before, Board now) {
        Map<String, SessionRow> rows =
                before.sessions().stream()
                        .collect(Collectors.toMap(SessionRow::id, Function.identity()));
        Set<String> asked =
                before.requests().stream().map(RequestRow::id).collect(Collectors.toSet());
        return now.sessions().stream().anyMatch(row -> isWorthAWord(row) && isNew(row, rows))
                || now.requests().stream().anyMatch(request -> !asked.contains(request.id()));
    }

    private static boolean isWorthAWord(SessionRow row) {
        return SessionState.needsYou(row.state()) || ENDS.contains(row.state());
    }

    private static boolean isNew(SessionRow row, Map<String, SessionRow> before) {
        SessionRow old = before.get(row.id());
        return old == null || !old.state().equals(row.state()) || !old.since().equals(row.since());
    }
}
