package dev.muster.web.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Rows of the board as an agent reads them: a JSON object for each line, without what says
/// nothing.
@Singleton
public class Documents {
    private final ObjectMapper json;

    Documents(ObjectMapper json) {
        this.json = json;
    }

    ObjectNode tree(Object row) {
        return json.valueToTree(row);
    }

    /// @param fields those to keep; empty for all
    String line(Object row, Collection<String> fields) {
        ObjectNode object = tree(row);
        if (!fields.isEmpty()) {
            object.retain(fields);
        }
        object.removeIf(Documents::saysNothing);
        try {
            return json.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can be written", e);
        }
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    /// Some lines of a longer list.
    ///
    /// @param next where the rest begins, or the list's length when there is none
    record Page(String text, int next) {}

    /// As many lines as an answer has room for.
    static Page page(List<String> lines, int offset, int limit) {
        List<String> taken = new ArrayList<>();
        int room = Answer.MOST;
        int at = Math.min(offset, lines.size());
        while (at < lines.size() && taken.size() < limit) {
            String line = lines.get(at);
            room -= line.length() + 1;
            if (room < 0 && !taken.isEmpty()) {
                break;
            }
            taken.add(line);
            at++;
        }
        return new Page(String.join("\n", taken), at);
    }

    /// Says what a page holds of the whole.
    static Answer answer(String what, List<String> lines, int offset, int limit) {
        Page page = page(lines, offset, limit);
        if (lines.isEmpty()) {
            return Answer.of("0 " + what + ".");
        }
        int shown = page.next() - Math.min(offset, lines.size());
        String sentence = shown + " of " + lines.size() + " " + what + ".";
        String rest =
                page.next() < lines.size() ? " For the rest: offset=" + page.next() + "." : "";
        return page.text().isEmpty()
                ? Answer.of(sentence)
                : Answer.of(sentence + rest, page.text());
    }
}
