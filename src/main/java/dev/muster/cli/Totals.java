package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import dev.muster.cli.text.Escape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The board's last line.
final class Totals {
    private Totals() {}

    /// `12 sessions, 2 need you, 8 working, 2 idle; 16 hosts, 1 not reachable`.
    static String sentence(Board board) {
        List<String> parts = new ArrayList<>();
        parts.add(count(board.totals().sessions(), "session"));
        if (board.totals().needsYou() > 0) {
            parts.add(
                    board.totals().needsYou()
                            + (board.totals().needsYou() == 1 ? " needs you" : " need you"));
        }
        Map<String, Integer> byState =
                new TreeMap<>(
                        Comparator.comparingInt(SessionState::rank)
                                .thenComparing(Comparator.naturalOrder()));
        for (SessionRow row : board.sessions()) {
            if (!SessionState.needsYou(row.state())) {
                byState.merge(row.state(), 1, Integer::sum);
            }
        }
        byState.forEach((state, n) -> parts.add(n + " " + Escape.line(state)));
        long silent = board.hosts().stream().filter(h -> !HostState.isReachable(h.state())).count();
        return String.join(", ", parts)
                + "; "
                + count(board.hosts().size(), "host")
                + (silent == 0 ? "" : ", " + silent + " not reachable");
    }

    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
