package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.BoardProblem;
import dev.muster.api.HostRow;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// When the terminal's bell is to ring: something waits for a person, came to an end or runs out,
/// or a host is gone on which sessions run, that was not so on the board before.
final class Bell {
    private static final Set<String> ENDS = Set.of("finished", "rate-limited");
    private static final Set<String> THERE = Set.of("online", "connecting", "disabled");

    private Bell() {}

    static boolean rings(Board before, Board now) {
        Map<String, SessionRow> rows =
                before.sessions().stream()
                        .collect(Collectors.toMap(SessionRow::id, Function.identity()));
        Set<String> asked =
                before.requests().stream().map(RequestRow::id).collect(Collectors.toSet());
        return now.sessions().stream().anyMatch(row -> isWorthAWord(row) && isNew(row, rows))
                || now.requests().stream().anyMatch(request -> !asked.contains(request.id()))
                || now.problems().stream().anyMatch(problem -> isWorse(problem, before))
                || !gone(before).containsAll(gone(now));
    }

    /// What runs out rings at each share that is warned of, and not while it goes on from there.
    private static boolean isWorse(BoardProblem problem, Board before) {
        return before.problems().stream()
                .filter(old -> thing(old).equals(thing(problem)))
                .allMatch(old -> old.percent() < problem.percent());
    }

    /// What runs out, without how far.
    private static String thing(BoardProblem problem) {
        return problem.what()
                + " "
                + problem.about()
                + " "
                + problem.detail().replaceAll("[0-9.]+ ?%", "");
    }

    /// Hosts that can't be asked how their sessions do.
    private static Set<String> gone(Board board) {
        Set<String> used =
                board.sessions().stream()
                        .filter(row -> row.lifecycle().equals("running"))
                        .map(SessionRow::host)
                        .collect(Collectors.toSet());
        return board.hosts().stream()
                .filter(host -> !THERE.contains(host.state()) && used.contains(host.name()))
                .map(HostRow::name)
                .collect(Collectors.toSet());
    }

    private static boolean isWorthAWord(SessionRow row) {
        return SessionState.needsYou(row.state()) || ENDS.contains(row.state());
    }

    private static boolean isNew(SessionRow row, Map<String, SessionRow> before) {
        SessionRow old = before.get(row.id());
        return old == null || !old.state().equals(row.state()) || !old.since().equals(row.since());
    }
}
