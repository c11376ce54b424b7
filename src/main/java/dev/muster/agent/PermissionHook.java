package dev.muster.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an agent asks by a PermissionRequest hook like Claude Code's (`lib/ask.sh`), and what it is
/// told. The documents are those of its hooks reference, as seen with 2.1.329.
final class PermissionHook {
    private static final String EVENT = "PermissionRequest";
    /// Its name for the tool by which it asks a question, and that of OpenCode.
    private static final Set<String> QUESTIONS = Set.of("AskUserQuestion", "question");
    private static final int SUMMARY = 200;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private PermissionHook() {}

    /// Records of `ask.sh`: `ask` and `settled`; empty for all others.
    static List<AgentEvent> read(JsonNode record, Instant at) {
        String id = record.path("id").asText("");
        if (!Request.isId(id)) {
            return List.of();
        }
        return switch (record.path("src").asText("")) {
            case "ask" ->
                    List.of(
                            new AgentEvent.Asked(
                                    record.has("d")
                                            ? request(id, record.get("d"), at)
                                            : tooLong(id, record, at)));
            case "settled" ->
                    settlement(record.path("how").asText(""))
                            .<List<AgentEvent>>map(
                                    how -> List.of(new AgentEvent.Settled(id, how, by(record))))
                            .orElse(List.of());
            default -> List.of();
        };
    }

    private static Request request(String id, JsonNode payload, Instant at) {
        String tool = payload.path("tool_name").asText("");
        JsonNode input = payload.path("tool_input");
        List<JsonNode> suggestions = new ArrayList<>();
        payload.path("permission_suggestions").forEach(suggestions::add);
        boolean readable = input.isObject() && !tool.isEmpty();
        return new Request(
                id,
                kind(tool),
                tool.isEmpty() ? "an unnamed tool" : tool,
                readable ? summary(input) : "",
                readable ? input : null,
                readable ? Digest.of(input) : "",
                suggestions,
                payload.path("agent_id").asText(null),
                at);
    }

    /// One whose payload lies in a file on its host: of the record's beginning only so much is
    /// read as there is.
    private static Request tooLong(String id, JsonNode record, Instant at) {
        byte[] head = bytes(record.path("x").asText(""));
        String tool = "";
        String by = null;
        try (JsonParser in = new JsonFactory().createParser(head)) {
            int depth = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 1 && token == JsonToken.VALUE_STRING) {
                    tool = "tool_name".equals(in.currentName()) ? in.getText() : tool;
                    by = "agent_id".equals(in.currentName()) ? in.getText() : by;
                }
            }
        } catch (IOException e) {
            // Cut in the middle, as is to be expected.
        }
        return new Request(
                id,
                kind(tool),
                tool.isEmpty() ? "an unnamed tool" : tool,
                "input of " + record.path("size").asLong() / 1024 + " KiB",
                null,
                Request.PAYLOAD + record.path("sum").asText(""),
                List.of(),
                by,
                at);
    }

    /// The request with its whole input, from its payload.
    ///
    /// @return empty when these bytes are not what was asked, or can't be read
    static Optional<Request> whole(Request cut, byte[] payload) {
        if (!cut.digest().equals(Request.PAYLOAD + Digest.sha256(payload))) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(payload);
            Request read = request(cut.id(), node, cut.askedAt());
            return read.exact() && read.tool().equals(cut.tool())
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Request.Kind kind(String tool) {
        return QUESTIONS.contains(tool) ? Request.Kind.QUESTION : Request.Kind.APPROVAL;
    }

    /// What says most about the input: the question, the command, the file, else its first text.
    private static String summary(JsonNode input) {
        JsonNode question = input.path("questions").path(0).path("question");
        if (question.isTextual()) {
            return cut(question.asText());
        }
        for (String name :
                List.of("command", "file_path", "notebook_path", "url", "query", "pattern")) {
            if (input.path(name).isTextual()) {
                return cut(input.get(name).asText());
            }
        }
        for (JsonNode value : input) {
            if (value.isTextual()) {
                return cut(value.asText());
            }
        }
        return input.isEmpty() ? "" : cut(input.toString());
    }

    private static String cut(String text) {
        String line = text.strip();
        return line.codePointCount(0, line.length()) <= SUMMARY
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SUMMARY - 1)) + "…";
    }

    private static Optional<AgentEvent.Settlement> settlement(String how) {
        return switch (how) {
            case "allowed" -> Optional.of(AgentEvent.Settlement.ALLOWED);
            case "denied" -> Optional.of(AgentEvent.Settlement.DENIED);
            case "answered" -> Optional.of(AgentEvent.Settlement.ANSWERED);
            case "cancelled" -> Optional.of(AgentEvent.Settlement.CANCELLED);
            default -> Optional.empty();
        };
    }

    private static @Nullable String by(JsonNode record) {
        byte[] who = bytes(record.path("x").asText(""));
        return who.length == 0 ? null : cut(new String(who, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// What the waiting hook prints.
    static String decision(Request request, Answer answer) {
        ObjectNode decision = JsonNodeFactory.instance.objectNode();
        switch (answer) {
            case Answer.Allow a -> {
                decision.put("behavior", "allow");
                if (a.always()) {
                    decision.putArray("updatedPermissions").addAll(request.suggestions());
                }
            }
            case Answer.Deny d -> {
                decision.put("behavior", "deny");
                decision.put("message", d.reason() == null ? "Denied by the user." : d.reason());
                if (d.interrupt()) {
                    decision.put("interrupt", true);
                }
            }
            case Answer.Choose c -> {
                decision.put("behavior", "allow");
                ObjectNode input =
                        request.input() instanceof ObjectNode whole
                                ? whole.deepCopy()
                                : JsonNodeFactory.instance.objectNode();
                ObjectNode answers = input.putObject("answers");
                c.choices().forEach(answers::put);
                decision.set("updatedInput", input);
            }
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("hookEventName", EVENT);
        output.set("decision", decision);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("hookSpecificOutput", output);
        return document.toString();
    }
}
