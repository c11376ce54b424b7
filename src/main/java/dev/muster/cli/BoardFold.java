package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `board = fold(board, change)`: the board's events as a client puts them together.
final class BoardFold {
    private BoardFold() {}

    static Board fold(Board board, BoardChange change) {
        return new Board(
                change.asOf(),
                change.totals(),
                merge(board.hosts(), change.hosts(), change.goneHosts(), row -> row.name()),
                merge(board.sessions(), change.sessions(), change.goneSessions(), row -> row.id()),
                merge(board.requests(), change.requests(), change.goneRequests(), row -> row.id()),
                merge(
                        board.accounts(),
                        change.accounts(),
                        change.goneAccounts(),
                        row -> row.name()),
                change.problems() == null ? board.problems() : change.problems());
    }

    private static <T> List<T> merge(
            List<T> rows, List<T> changed, List<String> gone, Function<T, String> key) {
        Map<String, T> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.put(key.apply(row), row));
        changed.forEach(row -> merged.put(key.apply(row), row));
        gone.forEach(merged::remove);
        return List.copyOf(merged.values());
    }
}
