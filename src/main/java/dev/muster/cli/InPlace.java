package dev.muster.cli;

import dev.muster.cli.text.Console;
import java.util.ArrayList;
import java.util.List;

/// Lines on a terminal that are drawn again and again in the same place.
final class InPlace {
    private final Console console;
    private int drawn;

    InPlace(Console console) {
        this.console = console;
    }

    /// Goes up over what was drawn before, and writes each line over the old one; the first time,
    /// over a line that was begun.
    ///
    /// @param rows what the screen has room for
    void draw(List<String> lines, int rows) {
        List<String> fit = cut(lines, rows);
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('A');
        }
        frame.append('\r');
        fit.forEach(line -> frame.append(line).append("\u001b[K\r\n"));
        frame.append("\u001b[J");
        console.out().print(frame);
        console.out().flush();
        drawn = fit.size();
    }

    /// What does not fit on the screen goes from the middle: the first lines need a person, the
    /// last hold the totals.
    private static List<String> cut(List<String> lines, int rows) {
        if (rows < 3 || lines.size() <= rows) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, rows - 2));
        cut.add("… " + (lines.size() - rows + 1) + " more lines");
        cut.add(lines.getLast());
        return cut;
    }
}
