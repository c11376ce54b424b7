package dev.muster.cli;

import dev.muster.api.HostRow;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Draws the table of hosts, what is wrong with each under it.
record HostsView(int width, boolean colour, Instant now) {

    List<String> draw(List<HostRow> hosts) {
        if (hosts.isEmpty()) {
            return List.of("No hosts.");
        }
        Table table =
                new Table(
                        Column.text("HOST", 12),
                        Column.text("STATE", 8),
                        Column.number("SINCE", 5),
                        Column.number("LATENCY", 7),
                        Column.number("SESSIONS", 8),
                        Column.text("REACHED AS", 10),
                        Column.text("REPOS", 5));
        hosts.forEach(host -> add(table, host));
        List<String> lines = new ArrayList<>(table.render(width, colour));
        long online = hosts.stream().filter(h -> HostState.isReachable(h.state())).count();
        lines.add(
                Style.BOLD.paint(
                        Columns.fit(
                                Totals.count(hosts.size(), "host") + ", " + online + " online",
                                width),
                        colour));
        return lines;
    }

    private void add(Table table, HostRow host) {
        table.row(
                Cell.of(Escape.line(host.name())),
                new Cell(Escape.line(host.state()), HostState.style(host.state())),
                Cell.of(Ages.age(host.since(), now)),
                Cell.of(host.latencyMs() == null ? "" : host.latencyMs() + " ms"),
                Cell.of(host.sessions() == 0 ? "" : Integer.toString(host.sessions())),
                Cell.of(Escape.line(host.target())),
                Cell.of(Escape.line(String.join(" ", host.repos()))));
        if (host.detail() != null && !host.detail().isBlank()) {
            table.whole(new Cell("  " + Escape.line(host.detail()), Style.DIM), 2);
        }
        String fix = HostState.fix(host);
        if (fix != null) {
            table.whole(new Cell("  fix: " + fix, Style.PLAIN), 7);
        }
        for (HostRow.HostProblem problem : host.problems()) {
            table.whole(
                    new Cell(
                            "  "
                                    + Escape.line(problem.what())
                                    + ": "
                                    + Escape.line(problem.detail()),
                            Style.YELLOW),
                    4);
            if (problem.fix() != null) {
                table.whole(new Cell("    fix: " + Escape.line(problem.fix()), Style.PLAIN), 9);
            }
        }
    }
}
