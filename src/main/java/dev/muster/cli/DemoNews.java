package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Escape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What has happened in a demo, one line each, as told by the difference of two boards.
final class DemoNews {
    private static final int WHO = 14;
    private static final int STATE = 11;

    private final Map<String, String> known = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    /// @return the lines that this board adds
    List<String> of(Board board, Duration elapsed) {
        List<String> added = new ArrayList<>();
        for (SessionRow row : board.sessions()) {
            String detail = row.detail() == null ? "" : Escape.line(row.detail());
            String now = row.state() + " " + detail;
            if (!now.equals(known.put(row.id(), now))) {
                String who = Escape.line(row.name());
                added.add(line(elapsed, who, Escape.line(row.state()), detail));
            }
        }
        lines.addAll(added);
        return added;
    }

    /// Something that the demo itself did.
    String own(Duration elapsed, String state, String text) {
        String line = line(elapsed, "the demo", state, Escape.line(text));
        lines.add(line);
        return line;
    }

    private static String line(Duration elapsed, String who, String state, String detail) {
        String text =
                " "
                        + clock(elapsed)
                        + "  "
                        + Columns.pad(who, WHO)
                        + "  "
                        + Columns.pad(state, STATE)
                        + "  "
                        + detail;
        return text.stripTrailing();
    }

    /// `1:05`.
    static String clock(Duration elapsed) {
        return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    /// The last of them.
    List<String> last(int count) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
