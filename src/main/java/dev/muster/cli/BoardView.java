package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.HostRow;
import dev.muster.api.SessionRow;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Moments;
import dev.muster.cli.text.Style;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws the board: what needs a person first, then the rest, then the hosts that can't be reached,
/// then totals.
///
/// @param width columns of the screen; no line is longer
/// @param colour whether lines may hold colours
/// @param now what ages are counted to
record BoardView(int width, boolean colour, Instant now) {
    private static final int MOST_HOSTS = 8;

    /// What the row of each session starts with.
    private static String mark(SessionRow row) {
        return row.stale() ? "~ " : SessionState.needsYou(row.state()) ? "! " : "  ";
    }

    List<String> draw(Board board) {
        List<String> lines = new ArrayList<>();
        if (board.sessions().isEmpty()) {
            lines.add("No sessions. Start one: muster start HOST:REPO PROMPT");
        } else {
            lines.addAll(table(board.sessions()).render(width, colour));
        }
        lines.addAll(unreachable(board.hosts()));
        for (String line : AccountLines.of(board, now)) {
            lines.add(paint(Style.PLAIN, line));
        }
        for (String line : AccountLines.problems(board, now)) {
            lines.add(paint(Style.YELLOW, line));
        }
        lines.add(paint(Style.BOLD, Totals.sentence(board)));
        return lines;
    }

    private Table table(List<SessionRow> sessions) {
        boolean stale = sessions.stream().anyMatch(SessionRow::stale);
        List<Column> columns =
                new ArrayList<>(
                        List.of(
                                Column.text("  SESSION", 14),
                                Column.text("HOST", 7),
                                Column.text("STATE", 14),
                                Column.number("SINCE", 5)));
        if (stale) {
            columns.add(Column.number("SEEN", 4));
        }
        columns.add(Column.tail("BRANCH", 10));
        columns.add(Column.text("CHANGES", 15));
        Table table = new Table(columns.toArray(Column[]::new));
        sessions.stream().sorted(BoardView::order).forEach(row -> add(table, row, stale));
        return table;
    }

    /// What needs a person first, and of the same state the longest.
    private static int order(SessionRow a, SessionRow b) {
        int order = Integer.compare(SessionState.rank(a.state()), SessionState.rank(b.state()));
        order = order != 0 ? order : a.since().compareTo(b.since());
        order = order != 0 ? order : a.host().compareTo(b.host());
        return order != 0 ? order : a.name().compareTo(b.name());
    }

    private void add(Table table, SessionRow row, boolean stale) {
        boolean needsYou = SessionState.needsYou(row.state());
        Style style = row.stale() ? Style.DIM : SessionState.style(row.state());
        List<Cell> cells =
                new ArrayList<>(
                        List.of(
                                new Cell(
                                        mark(row) + Escape.line(row.name()),
                                        needsYou && !row.stale() ? Style.BOLD : Style.PLAIN),
                                Cell.of(Escape.line(row.host())),
                                new Cell(
                                        Escape.line(row.state()) + (row.estimated() ? "?" : ""),
                                        style),
                                Cell.of(Ages.age(row.since(), now))));
        if (stale) {
            cells.add(new Cell(row.stale() ? Ages.age(row.asOf(), now) : "", Style.DIM));
        }
        cells.add(Cell.of(Escape.line(row.branch())));
        cells.add(Cell.of(changes(row.changes())));
        table.row(cells.toArray(Cell[]::new));
        String note = note(row, needsYou);
        if (!note.isEmpty()) {
            table.note(new Cell("    " + note, style));
        }
    }

    /// What it waits for, what went wrong, or when it goes on.
    private String note(SessionRow row, boolean needsYou) {
        String detail = row.detail() == null ? "" : Escape.line(row.detail().strip());
        if (SessionState.isLimited(row.state())) {
            Instant until = row.until();
            String when =
                    until == null
                            ? ""
                            : (until.isAfter(now) ? "until " : "its limit ended ")
                                    + Moments.of(until, now);
            return when.isEmpty() || detail.isEmpty() ? when + detail : when + ": " + detail;
        }
        return needsYou ? detail : "";
    }

    /// `+120 -4 3f 2c`: lines, files, commits.
    private static String changes(SessionRow.@Nullable Changes changes) {
        if (changes == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (changes.added() > 0 || changes.removed() > 0) {
            parts.add("+" + brief(changes.added()) + " -" + brief(changes.removed()));
        }
        if (changes.files() > 0) {
            parts.add(brief(changes.files()) + "f");
        }
        if (changes.commits() > 0) {
            parts.add(brief(changes.commits()) + "c");
        }
        return String.join(" ", parts);
    }

    private static String brief(int number) {
        return number < 10_000 ? Integer.toString(number) : number / 1000 + "k";
    }

    private List<String> unreachable(List<HostRow> hosts) {
        List<HostRow> silent =
                hosts.stream()
                        .filter(host -> !HostState.isReachable(host.state()))
                        .sorted((a, b) -> b.since().compareTo(a.since()))
                        .toList();
        List<String> lines = new ArrayList<>();
        for (HostRow host : silent.subList(0, Math.min(silent.size(), MOST_HOSTS))) {
            lines.add(paint(HostState.style(host.state()), HostState.sentence(host, now)));
        }
        if (silent.size() > MOST_HOSTS) {
            lines.add(
                    paint(
                            Style.DIM,
                            (silent.size() - MOST_HOSTS) + " more hosts like that: muster hosts"));
        }
        return lines;
    }

    private String paint(Style style, String text) {
        return style.paint(Columns.fit(text, width), colour);
    }
}
