package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.RequestRow;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Draws what waits for an answer, each request as one block that shows exactly what is asked: a
/// line break is a line break, everything else that is not plain is escaped, and nothing is cut
/// without saying so.
///
/// @param ids how many characters of an id tell it from the others
record InboxView(boolean colour, Instant now, int ids) {
    private static final int SHORTEST = 4;
    private static final String MARGIN = "    ";

    static InboxView of(List<RequestRow> rows, boolean colour, Instant now) {
        int ids = SHORTEST;
        List<String> all = rows.stream().map(row -> Escape.line(row.id())).toList();
        while (ids < 16 && all.stream().map(cut(ids)).distinct().count() < all.size()) {
            ids++;
        }
        return new InboxView(colour, now, ids);
    }

    List<String> draw(List<RequestRow> rows) {
        List<String> lines = new ArrayList<>();
        for (RequestRow row : rows) {
            lines.addAll(block(row));
            lines.add("");
        }
        lines.add(
                Style.BOLD.paint(
                        rows.isEmpty()
                                ? "Nothing waits for an answer."
                                : Totals.count(rows.size(), "request") + " to answer",
                        colour));
        return lines;
    }

    /// One request: who asks what since when, the whole input, and what to type.
    List<String> block(RequestRow row) {
        List<String> lines = new ArrayList<>();
        String id = cut(ids).apply(Escape.line(row.id()));
        boolean question = row.kind().equals("question");
        boolean onScreen = row.kind().equals("screen");
        lines.add(
                Style.BOLD.paint(id, colour)
                        + "  "
                        + Escape.line(row.host() + "/" + row.name())
                        + (row.by() == null ? "" : " (subagent " + Escape.line(row.by()) + ")")
                        + (onScreen
                                ? " shows a dialog"
                                : question ? " asks" : " wants to use " + Escape.line(row.tool()))
                        + Style.DIM.paint(", " + Ages.age(row.askedAt(), now) + " ago", colour));
        JsonNode input = row.input();
        if (onScreen) {
            lines.add(MARGIN + Escape.line(row.summary()));
            String name = Escape.line(row.host() + "/" + row.name());
            if (row.byHand() == null) {
                lines.add(Style.DIM.paint("  muster attach " + name, colour));
            } else {
                lines.add(
                        MARGIN
                                + "started by hand, and answered there: "
                                + Escape.line(row.host() + ", " + row.byHand()));
                lines.add(Style.DIM.paint("  muster adopt --stop " + name, colour));
            }
            return lines;
        }
        if (input == null) {
            lines.add(MARGIN + Escape.line(row.summary()));
            lines.add(MARGIN + "too long to be shown here: muster inbox " + id);
        } else if (question) {
            questions(input, lines);
        } else {
            fields(input, lines);
        }
        if (row.cut() && input != null) {
            lines.add(MARGIN + "cut; whole with: muster inbox " + id);
        }
        if (row.always() && !question) {
            row.permits().forEach(each -> lines.add("  --always: " + Escape.line(each)));
        }
        lines.add(
                Style.DIM.paint(
                        question
                                ? "  muster answer " + id + " CHOICE"
                                : "  muster approve "
                                        + id
                                        + (row.always() ? " [--always]" : "")
                                        + "   muster deny "
                                        + id
                                        + " [-m REASON]",
                        colour));
        return lines;
    }

    private static void questions(JsonNode input, List<String> lines) {
        for (JsonNode question : input.path("questions")) {
            text(question.path("question").asText(""), lines);
            int number = 0;
            for (JsonNode option : question.path("options")) {
                number++;
                String about = option.path("description").asText("");
                lines.add(
                        MARGIN
                                + "  "
                                + number
                                + "  "
                                + Escape.line(option.path("label").asText(""))
                                + (about.isEmpty() ? "" : ": " + Escape.line(about)));
            }
            if (question.path("multiSelect").asBoolean(false)) {
                lines.add(MARGIN + "  several can be chosen");
            }
        }
    }

    /// Each field under its name.
    private static void fields(JsonNode input, List<String> lines) {
        input.propertyStream()
                .forEach(
                        field -> {
                            lines.add("  " + Escape.line(field.getKey()) + ":");
                            text(
                                    field.getValue().isTextual()
                                            ? field.getValue().asText()
                                            : field.getValue().toPrettyString(),
                                    lines);
                        });
        if (!input.isObject()) {
            text(input.toPrettyString(), lines);
        }
    }

    private static void text(String text, List<String> lines) {
        for (String line : text.split("\n", -1)) {
            lines.add(MARGIN + Escape.line(line));
        }
    }

    private static java.util.function.UnaryOperator<String> cut(int length) {
        return id -> id.substring(0, Math.min(length, id.length()));
    }
}
