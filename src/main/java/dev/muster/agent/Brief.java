package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts what an agent says to a length fit for a board.
final class Brief {
    private static final int LINE = 200;
    private static final int WORDS = 2000;

    /// What says most about a tool's input, first things first.
    private static final List<String> TELLING =
            List.of(
                    "command",
                    "cmd",
                    "file_path",
                    "filePath",
                    "path",
                    "notebook_path",
                    "url",
                    "query",
                    "pattern",
                    "description");

    private Brief() {}

    /// A tool's input in one line: the question, the command, the file, else its first text.
    static String input(JsonNode input) {
        JsonNode question = input.path("questions").path(0).path("question");
        if (question.isTextual()) {
            return line(question.asText());
        }
        for (String name : TELLING) {
            if (input.path(name).isTextual()) {
                return line(input.path(name).asText());
            }
        }
        for (JsonNode value : input) {
            if (value.isTextual()) {
                return line(value.asText());
            }
        }
        return input.isEmpty() ? "" : line(input.toString());
    }

    /// The beginning of a text, for one line.
    static String line(String text) {
        return cut(text, LINE);
    }

    /// An agent's last words; null when it said none.
    static @Nullable String words(JsonNode text) {
        return text.isTextual() && !text.asText().isBlank() ? cut(text.asText(), WORDS) : null;
    }

    /// Null for what is no text, or an empty one.
    static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? line(node.asText()) : null;
    }

    private static String cut(String text, int most) {
        String stripped = text.strip();
        return stripped.codePointCount(0, stripped.length()) <= most
                ? stripped
                : stripped.substring(0, stripped.offsetByCodePoints(0, most - 1)) + "…";
    }
}
