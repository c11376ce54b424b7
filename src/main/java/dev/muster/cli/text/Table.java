package dev.muster.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under titles, never wider than the screen: the widest columns give way first, down to
/// their least width, then the last columns go.
public final class Table {
    private static final int GAP = 2;

    /// How a cell that is too long is cut.
    public enum Cut {
        END,
        START
    }

    /// @param min the least width that it can be cut to
    public record Column(String title, int min, Cut cut, boolean number) {
        public static Column text(String title, int min) {
            return new Column(title, min, Cut.END, false);
        }

        public static Column tail(String title, int min) {
            return new Column(title, min, Cut.START, false);
        }

        public static Column number(String title, int min) {
            return new Column(title, min, Cut.END, true);
        }
    }

    /// @param text escaped already
    public record Cell(String text, Style style) {
        public static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }
    }

    /// Draws itself: a `switch` over patterns is linked at run time, which no AOT cache keeps and
    /// every command that prints a table would pay for.
    private sealed interface Line {
        List<String> render(Table table, int[] widths, int width, boolean colour);

        record Row(List<Cell> cells) implements Line {
            @Override
            public List<String> render(Table table, int[] widths, int width, boolean colour) {
                return List.of(table.render(cells, widths, colour));
            }
        }

        record Note(Cell cell) implements Line {
            @Override
            public List<String> render(Table table, int[] widths, int width, boolean colour) {
                return List.of(cell.style().paint(Columns.fit(cell.text(), width), colour));
            }
        }

        record Whole(Cell cell, int indent) implements Line {
            @Override
            public List<String> render(Table table, int[] widths, int width, boolean colour) {
                return Columns.wrap(cell.text(), width, indent).stream()
                        .map(line -> cell.style().paint(line, colour))
                        .toList();
            }
        }
    }

    private final List<Column> columns;
    private final List<Line> lines = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /// Adds a row; `cells` as many as there are columns.
    public void row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells, " + columns.size());
        }
        lines.add(new Line.Row(List.of(cells)));
    }

    /// Adds a line of its own under the row before.
    public void note(Cell cell) {
        lines.add(new Line.Note(cell));
    }

    /// Adds text under the row before that is never cut: what a person has to do, say.
    ///
    /// @param indent how many spaces all its lines but the first begin with
    public void whole(Cell cell, int indent) {
        lines.add(new Line.Whole(cell, indent));
    }

    /// The lines, titles first, each at most `width` columns.
    public List<String> render(int width, boolean colour) {
        int[] widths = widths(width);
        List<String> out = new ArrayList<>();
        out.add(
                render(
                        columns.stream().map(c -> new Cell(c.title(), Style.DIM)).toList(),
                        widths,
                        colour));
        for (Line line : lines) {
            out.addAll(line.render(this, widths, width, colour));
        }
        return out;
    }

    private String render(List<Cell> cells, int[] widths, boolean colour) {
        StringBuilder line = new StringBuilder();
        int owed = 0;
        for (int i = 0; i < widths.length; i++) {
            Cell cell = cells.get(i);
            Column column = columns.get(i);
            String text =
                    column.cut() == Cut.START
                            ? Columns.fitEnd(cell.text(), widths[i])
                            : Columns.fit(cell.text(), widths[i]);
            int blank = widths[i] - Columns.width(text);
            // Blanks are owed, not written, so that no line ends with them.
            if (!text.isEmpty()) {
                line.append(" ".repeat(column.number() ? owed + blank : owed));
                line.append(cell.style().paint(text, colour));
                owed = column.number() ? 0 : blank;
            } else {
                owed += blank;
            }
            owed += GAP;
        }
        return line.toString();
    }

    private int[] widths(int width) {
        int[] widths = columns.stream().mapToInt(c -> Columns.width(c.title())).toArray();
        for (Line line : lines) {
            if (line instanceof Line.Row(List<Cell> cells)) {
                for (int i = 0; i < widths.length; i++) {
                    widths[i] = Math.max(widths[i], Columns.width(cells.get(i).text()));
                }
            }
        }
        while (total(widths) > width) {
            int widest = widest(widths);
            if (widest >= 0) {
                widths[widest]--;
            } else if (widths.length > 1) {
                widths = Arrays.copyOf(widths, widths.length - 1);
            } else {
                widths[0] = Math.max(1, width);
                break;
            }
        }
        return widths;
    }

    /// The widest column that can still give way, or -1.
    private int widest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > columns.get(i).min() && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP * (widths.length - 1);
    }
}
