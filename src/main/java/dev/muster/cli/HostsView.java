package dev.muster.cli;

import dev.muster.api.HostRow;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Room;
import dev.muster.cli.text.Style;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws the table of hosts, what is wrong with each under it.
record HostsView(int width, boolean colour, Instant now) {

    List<String> draw(List<HostRow> hosts) {
        if (hosts.isEmpty()) {
            return List.of("No hosts.");
        }
        Table table =
                new Table(
                        Column.text("HOST", 10),
                        Column.text("STATE", 8),
                        Column.number("SINCE", 5),
                        Column.number("LATENCY", 7),
                        Column.number("SESSIONS", 8),
                        Column.number("LOAD", 4),
                        Column.number("FREE", 4),
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
                load(host.load()),
                free(host.disk()),
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

    /// `0.4/8`: what runs or waits to run, and processors for it.
    private static Cell load(HostRow.@Nullable Load load) {
        if (load == null) {
            return Cell.of("");
        }
        String average = Double.toString(Math.round(load.average() * 10) / 10.0);
        Integer cpus = load.cpus();
        if (cpus == null) {
            return Cell.of(average);
        }
        return new Cell(average + "/" + cpus, load.average() > cpus ? Style.YELLOW : Style.PLAIN);
    }

    /// Yellow from the share on from which the page warns.
    private static Cell free(HostRow.@Nullable Disk disk) {
        if (disk == null) {
            return Cell.of("");
        }
        boolean full = disk.freeKib() < disk.sizeKib() / 20;
        return new Cell(Room.brief(disk.freeKib()), full ? Style.YELLOW : Style.PLAIN);
    }
}
