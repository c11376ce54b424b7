package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the hooks of Claude Code say (`lib/hook.sh`): the input of each, as its hooks reference
/// has it and as 2.1.197 and 2.1.329 were seen to give it.
final class ClaudeHooks {
    /// More than a board shows; the whole is in the agent's own transcript.
    private static final int LONGEST = 400;

    /// What is pasted and long comes with a frame around it, as of 2.1.329.
    private static final Pattern PASTE =
            Pattern.compile(
                    "\\s*<pasted_content id=\"\\w+\">\\n(.*)\\n</pasted_content id=\"\\w+\">\\s*",
                    Pattern.DOTALL);

    private ClaudeHooks() {}

    /// @param input of one hook
    static List<AgentEvent> read(JsonNode input) {
        return switch (input.path("hook_event_name").asText("")) {
            case "SessionStart" ->
                    List.of(
                            new AgentEvent.Began(
                                    text(input, "session_id"),
                                    input.path("source").asText("startup"),
                                    text(input, "model")));
            case "UserPromptSubmit" -> List.of(prompted(input));
            case "PreToolUse" -> List.of(toolBegan(input));
            case "PostToolUse", "PostToolUseFailure" ->
                    List.of(
                            new AgentEvent.ToolEnded(
                                    text(input, "tool_use_id"),
                                    input.path("tool_name").asText(""),
                                    text(input, "agent_id")));
            case "PreCompact" -> List.of(new AgentEvent.Compacting(true));
            case "PostCompact" -> List.of(new AgentEvent.Compacting(false));
            case "Stop" -> List.of(turnEnded(input));
            case "StopFailure" ->
                    List.of(
                            new AgentEvent.TurnFailed(
                                    input.path("error").asText("unknown"),
                                    text(input, "last_assistant_message")));
            case "SubagentStop" -> subagentEnded(input);
            case "SessionEnd" ->
                    List.of(new AgentEvent.Ended(input.path("reason").asText("other")));
            default -> List.of();
        };
    }

    private static AgentEvent turnEnded(JsonNode input) {
        int tasks = 0;
        int subagents = 0;
        for (JsonNode task : input.path("background_tasks")) {
            if (task.path("type").asText().equals("subagent")) {
                subagents += task.path("status").asText().equals("running") ? 1 : 0;
            } else {
                tasks++;
            }
        }
        return new AgentEvent.TurnEnded(text(input, "last_assistant_message"), tasks, subagents);
    }

    private static AgentEvent prompted(JsonNode input) {
        String prompt = input.path("prompt").asText("");
        Matcher paste = PASTE.matcher(prompt);
        if (paste.matches()) {
            prompt = paste.group(1);
        }
        // One that was cut short on its host names nothing.
        String digest = isCut(input) ? "" : Digest.of(ClaudePrompts.plain(prompt));
        return new AgentEvent.Prompted(cut(ClaudePrompts.plain(prompt)), digest);
    }

    private static AgentEvent toolBegan(JsonNode input) {
        JsonNode what = input.path("tool_input");
        return new AgentEvent.ToolBegan(
                text(input, "tool_use_id"),
                input.path("tool_name").asText("a tool"),
                cut(line(what)),
                isCut(input) ? null : Digest.of(what),
                text(input, "agent_id"));
    }

    private static List<AgentEvent> subagentEnded(JsonNode input) {
        String id = text(input, "agent_id");
        return id == null ? List.of() : List.of(new AgentEvent.SubagentEnded(id));
    }

    private static boolean isCut(JsonNode input) {
        return input.path("cut").asBoolean(false);
    }

    /// A tool's input in one line: what it is mostly about.
    static String line(JsonNode input) {
        JsonNode question = input.path("questions").path(0).path("question");
        if (question.isTextual()) {
            return question.textValue();
        }
        for (String name :
                List.of(
                        "command",
                        "file_path",
                        "notebook_path",
                        "pattern",
                        "url",
                        "query",
                        "description",
                        "skill",
                        "prompt")) {
            if (input.path(name).isTextual()) {
                return input.path(name).textValue();
            }
        }
        return input.isEmpty() ? "" : input.toString();
    }

    static @Nullable String text(JsonNode node, String name) {
        String text = node.path(name).asText("");
        return text.isEmpty() ? null : cut(text);
    }

    static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
