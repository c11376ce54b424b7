package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.agent.AgentEvent.Stance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Claude Code says without a screen: the messages of its stream-json protocol, as 2.1.329 was
/// seen to send them and as `lib/stream-read.sh` passes them on. It tells of every turn's beginning
/// and end, so that it stands exactly as it says.
final class ClaudeStream {
    /// What makes it speak the protocol. Approvals are asked for in it, not by hooks.
    static final List<String> OPTIONS =
            List.of(
                    "-p",
                    "--input-format",
                    "stream-json",
                    "--output-format",
                    "stream-json",
                    "--verbose",
                    "--permission-prompt-tool",
                    "stdio");

    private static final String INTERRUPTED = "aborted";
    private static final List<String> SENT =
            List.of("inputTokens", "cacheReadInputTokens", "cacheCreationInputTokens");
    private static final List<String> GOT = List.of("outputTokens");

    private ClaudeStream() {}

    static List<AgentEvent> read(JsonNode message) {
        return switch (message.path("type").asText("")) {
            case "muster" -> own(message);
            case "system" -> system(message);
            case "assistant" -> assistant(message);
            case "user" -> user(message);
            case "result" -> result(message);
            case "rate_limit_event" -> limits(message.path("rate_limit_info"));
            case "control_response" -> usage(message.path("response"));
            default -> List.of();
        };
    }

    /// What the host's script says in its own words.
    private static List<AgentEvent> own(JsonNode message) {
        return switch (message.path("what").asText("")) {
            case "ready" ->
                    List.of(
                            new AgentEvent.Began(
                                    null, message.path("source").asText("startup"), null),
                            stands(Stance.IDLE));
            case "context" -> context(message);
            default -> List.of();
        };
    }

    private static List<AgentEvent> context(JsonNode message) {
        Long total = ClaudeSigns.count(message.path("totalTokens"));
        Long most = ClaudeSigns.count(message.path("maxTokens"));
        Double percent = total == null || most == null || most == 0 ? null : 100.0 * total / most;
        return List.of(
                new AgentEvent.Used(
                        new Reading(null, null, null, null, percent, null, null, null, null)));
    }

    private static List<AgentEvent> system(JsonNode message) {
        return switch (message.path("subtype").asText("")) {
            case "init" -> {
                String model = ClaudeHooks.text(message, "model");
                yield List.of(
                        new AgentEvent.Began(
                                ClaudeHooks.text(message, "session_id"),
                                AgentEvent.Began.TURN,
                                model),
                        stands(Stance.BUSY));
            }
            case "status" ->
                    List.of(
                            new AgentEvent.Compacting(
                                    message.path("status").asText("").equals("compacting")));
            case "api_retry" ->
                    List.of(
                            new AgentEvent.Retrying(
                                    message.path("error").asText("unknown"),
                                    message.path("attempt").asInt(0),
                                    message.path("max_retries").asInt(0),
                                    Duration.ofMillis(
                                            Math.clamp(
                                                    message.path("retry_delay_ms").asLong(0),
                                                    0,
                                                    86_400_000))));
            default -> List.of();
        };
    }

    private static List<AgentEvent> assistant(JsonNode message) {
        boolean whole = !message.path("cut").asBoolean(false);
        String by = ClaudeHooks.text(message, "parent_tool_use_id");
        List<AgentEvent> events = new ArrayList<>();
        for (JsonNode block : message.path("message").path("content")) {
            if (block.path("type").asText("").equals("tool_use")) {
                JsonNode input = block.path("input");
                events.add(
                        new AgentEvent.ToolBegan(
                                ClaudeHooks.text(block, "id"),
                                block.path("name").asText("a tool"),
                                ClaudeHooks.cut(ClaudeHooks.line(input)),
                                whole ? Digest.of(input) : null,
                                by));
            }
        }
        return events;
    }

    /// A prompt that it took, or what its tools answered.
    private static List<AgentEvent> user(JsonNode message) {
        if (message.path("cut").asBoolean(false)) {
            return List.of(new AgentEvent.Prompted("a long prompt", ""));
        }
        JsonNode content = message.path("message").path("content");
        String by = ClaudeHooks.text(message, "parent_tool_use_id");
        List<AgentEvent> events = new ArrayList<>();
        for (JsonNode block : content) {
            String id = ClaudeHooks.text(block, "tool_use_id");
            if (id != null) {
                events.add(new AgentEvent.ToolEnded(id, "", by));
                // A subagent is called as the use of the tool that it is.
                events.add(new AgentEvent.SubagentEnded(id));
            } else if (block.path("type").asText("").equals("text")) {
                String text = block.path("text").asText("");
                events.add(new AgentEvent.Prompted(ClaudeHooks.cut(text), Digest.of(text)));
            }
        }
        return events;
    }

    /// Its turn is over. A limit of a subscription or of an API key comes as a result that is
    /// called a success.
    private static List<AgentEvent> result(JsonNode message) {
        List<AgentEvent> events = new ArrayList<>();
        String said = ClaudeHooks.text(message, "result");
        if (message.path("terminal_reason").asText("").startsWith(INTERRUPTED)) {
            events.add(new AgentEvent.TurnEnded("interrupted"));
        } else if (message.path("is_error").asBoolean(false)) {
            events.add(new AgentEvent.TurnFailed(error(message), said));
        } else {
            events.add(new AgentEvent.TurnEnded(said));
        }
        events.add(stands(Stance.IDLE));
        JsonNode models = message.path("modelUsage");
        events.add(
                new AgentEvent.Used(
                        new Reading(
                                null,
                                ClaudeSigns.number(message.path("total_cost_usd")),
                                sum(models, SENT),
                                sum(models, GOT),
                                null,
                                null,
                                null,
                                null,
                                null)));
        return events;
    }

    private static String error(JsonNode message) {
        if (message.path("api_error_status").asInt(0) == 429) {
            return AgentEvent.TurnFailed.RATE_LIMIT;
        }
        return Optional.ofNullable(ClaudeHooks.text(message, "api_error_type"))
                .or(() -> Optional.ofNullable(ClaudeHooks.text(message, "subtype")))
                .filter(word -> !word.equals("success"))
                .orElse("error");
    }

    private static @Nullable Long sum(JsonNode models, List<String> counters) {
        Long sum = null;
        for (JsonNode model : models) {
            for (String counter : counters) {
                Long tokens = ClaudeSigns.count(model.path(counter));
                if (tokens != null) {
                    sum = sum == null ? tokens : Long.valueOf(sum + tokens);
                }
            }
        }
        return sum;
    }

    /// The windows of a subscription.
    private static List<AgentEvent> limits(JsonNode info) {
        JsonNode windows = info.path("unifiedWindows");
        Reading.Window five = window(windows.path("five_hour"));
        Reading.Window seven = window(windows.path("seven_day"));
        return five == null && seven == null
                ? List.of()
                : List.of(
                        new AgentEvent.Used(
                                new Reading(
                                        null, null, null, null, null, null, null, five, seven)));
    }

    private static Reading.@Nullable Window window(JsonNode window) {
        Double used = ClaudeSigns.number(window.path("utilization"));
        return used == null
                ? null
                : new Reading.Window(used * 100, ClaudeSigns.instant(window.path("resetsAt")));
    }

    /// The answer to `get_usage`, for the lines that were changed.
    private static List<AgentEvent> usage(JsonNode response) {
        JsonNode session = response.path("response").path("session");
        Long added = ClaudeSigns.count(session.path("total_lines_added"));
        Long removed = ClaudeSigns.count(session.path("total_lines_removed"));
        return added == null && removed == null
                ? List.of()
                : List.of(
                        new AgentEvent.Used(
                                new Reading(
                                        null, null, null, null, null, added, removed, null, null)));
    }

    private static AgentEvent stands(Stance stance) {
        return new AgentEvent.Standing(stance, null);
    }
}
