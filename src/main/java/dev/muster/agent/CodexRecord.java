package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two of the records that Codex keeps of a conversation (`lib/used-codex.sh`): what it used, and
/// why a turn failed.
final class CodexRecord {
    private static final int FIVE_HOURS = 300;
    private static final int SEVEN_DAYS = 7 * 24 * 60;

    private CodexRecord() {}

    /// @param used what this process has used, over all conversations and subagents
    static List<AgentEvent> read(JsonNode payload, JsonNode used) {
        return switch (payload.path("type").asText("")) {
            case "token_count" -> List.of(new AgentEvent.Used(reading(payload, used)));
            case "task_complete" -> {
                JsonNode error = payload.path("error");
                if (!error.isObject()) {
                    yield List.of();
                }
                yield List.of(
                        new AgentEvent.TurnFailed(
                                failure(error.path("codex_error_info")),
                                Brief.words(error.path("message"))));
            }
            default -> List.of();
        };
    }

    /// A word, or an object of one field that names it and holds the model's status.
    private static String failure(JsonNode info) {
        if (info.isTextual()) {
            return info.asText().equals("usage_limit_exceeded")
                    ? AgentEvent.TurnFailed.RATE_LIMIT
                    : Brief.line(info.asText());
        }
        for (Map.Entry<String, JsonNode> field : info.properties()) {
            return field.getValue().path("http_status_code").asInt(0) == 429
                    ? AgentEvent.TurnFailed.RATE_LIMIT
                    : Brief.line(field.getKey());
        }
        return "other";
    }

    private static Reading reading(JsonNode payload, JsonNode used) {
        JsonNode info = payload.path("info");
        JsonNode last = info.path("last_token_usage");
        long window = info.path("model_context_window").asLong(0);
        long context = last.path("total_tokens").asLong(0);
        JsonNode limits = payload.path("rate_limits");
        return new Reading(
                null,
                null,
                count(used.path("input")),
                count(used.path("output")),
                window > 0 ? Math.min(100.0, 100.0 * context / window) : null,
                null,
                null,
                window(limits, FIVE_HOURS),
                window(limits, SEVEN_DAYS));
    }

    /// Which of the two windows is the long one differs between plans: their length tells.
    private static Reading.@Nullable Window window(JsonNode limits, int minutes) {
        for (String name : List.of("primary", "secondary")) {
            JsonNode window = limits.path(name);
            if (window.path("window_minutes").asInt(0) == minutes
                    && window.path("used_percent").isNumber()) {
                long reset = window.path("resets_at").asLong(0);
                return new Reading.Window(
                        window.path("used_percent").asDouble(),
                        reset > 0 ? Instant.ofEpochSecond(reset) : null);
            }
        }
        return null;
    }

    private static @Nullable Long count(JsonNode node) {
        return node.canConvertToLong() && node.isNumber() ? node.asLong() : null;
    }
}
