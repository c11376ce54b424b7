package dev.muster.cli;

import dev.muster.api.UsageReport;
import dev.muster.api.UsageReport.Row;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.util.List;
import java.util.Locale;

/// Draws what was used as a table with a last line for all of it.
record UsageTable(int width, boolean colour) {

    List<String> draw(UsageReport report) {
        if (report.rows().isEmpty()) {
            return List.of(
                    Columns.fit("Nothing was used since " + Escape.line(report.since()), width));
        }
        Table table =
                new Table(
                        Column.text(Escape.line(report.by()).toUpperCase(Locale.ROOT), 10),
                        Column.number("SESSIONS", 8),
                        Column.number("COST", 8),
                        Column.number("IN", 6),
                        Column.number("OUT", 6),
                        Column.number("LINES", 12));
        report.rows().forEach(row -> add(table, row, Style.PLAIN));
        add(table, report.total(), Style.BOLD);
        return table.render(width, colour);
    }

    private static void add(Table table, Row row, Style style) {
        table.row(
                new Cell(row.name().isEmpty() ? "unknown" : Escape.line(row.name()), style),
                new Cell(Integer.toString(row.sessions()), style),
                new Cell(String.format(Locale.ROOT, "$%.2f", row.costUsd()), style),
                new Cell(brief(row.inputTokens()), style),
                new Cell(brief(row.outputTokens()), style),
                new Cell("+" + row.linesAdded() + " -" + row.linesRemoved(), style));
    }

    /// At most six columns: `9999`, `12.3k`, `4.5M`.
    static String brief(long number) {
        if (number < 10_000) {
            return Long.toString(number);
        }
        String[] units = {"k", "M", "G", "T"};
        double value = number;
        int unit = -1;
        do {
            value /= 1000;
            unit++;
            // What would be written as 1000.0 is 1.0 of the next.
        } while (value >= 999.95 && unit < units.length - 1);
        return String.format(Locale.ROOT, "%.1f%s", value, units[unit]);
    }
}
