package dev.muster.cli;

import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardProblem;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the board says of accounts, and of what runs out.
final class AccountLines {
    private static final int MOST = 8;

    /// A reading this young needs no word about its age.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private AccountLines() {}

    /// One line for each account that has said what it has left: `max: 5h 37 %, resets 19:00; 7d
    /// 62 %, resets Tue 17:00; 3m ago`.
    static List<String> of(Board board, Instant now) {
        List<AccountRow> told =
                board.accounts().stream()
                        .filter(row -> row.fiveHour() != null || row.sevenDay() != null)
                        .toList();
        List<String> lines = new ArrayList<>();
        for (AccountRow row : told.subList(0, Math.min(told.size(), MOST))) {
            lines.add(line(row, now));
        }
        if (told.size() > MOST) {
            lines.add((told.size() - MOST) + " more accounts: muster status --json");
        }
        return lines;
    }

    private static String line(AccountRow row, Instant now) {
        List<String> parts = new ArrayList<>();
        add(parts, "5h", row.fiveHour(), now);
        add(parts, "7d", row.sevenDay(), now);
        Instant asOf = row.asOf();
        if (asOf != null && Duration.between(asOf, now).compareTo(FRESH) >= 0) {
            parts.add(Ages.age(asOf, now) + " ago");
        }
        return Escape.line(row.name()) + ": " + String.join("; ", parts);
    }

    private static void add(
            List<String> parts, String name, AccountRow.@Nullable Window window, Instant now) {
        if (window == null || window.usedPercent() == null) {
            return;
        }
        String used = Math.round(window.usedPercent()) + " %";
        Instant resets = window.resetsAt();
        if (resets == null) {
            parts.add(name + " " + used);
        } else if (resets.isAfter(now)) {
            parts.add(name + " " + used + ", resets " + Moments.of(resets, now));
        } else {
            parts.add(name + " reset " + Moments.of(resets, now) + ", was " + used);
        }
    }

    /// What runs out and has not passed by itself.
    static List<String> problems(Board board, Instant now) {
        return board.problems().stream()
                .filter(problem -> problem.until() == null || problem.until().isAfter(now))
                .limit(MOST)
                .map(AccountLines::sentence)
                .toList();
    }

    private static String sentence(BoardProblem problem) {
        String fix = problem.fix();
        return Escape.line(problem.about())
                + ": "
                + Escape.line(problem.detail())
                + (fix == null ? "" : "; " + Escape.line(fix));
    }
}
