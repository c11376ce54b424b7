package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Codex CLI, interactive, as seen with 0.169.0.
///
/// Its hooks say what it does. They are silent when the model can't be reached or a limit is
/// hit, so that how it stands also comes from the title that it gives its terminal
/// (`lib/title.sh`), and what it used and why a turn failed from its own record of the
/// conversation (`transcript_path` of its hooks). It names its conversations itself, when the first
/// prompt comes.
public final class CodexAgent implements Agent {
    private static final Set<String> SANDBOXES =
            Set.of("read-only", "workspace-write", "danger-full-access");
    private static final int FIVE_HOURS = 300;
    private static final int SEVEN_DAYS = 7 * 24 * 60;

    @Override
    public String type() {
        return "codex";
    }

    @Override
    public List<Word> command(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>();
        words.add(Word.path(spec.command()));
        if (launch.run() > 1) {
            words.add(Word.of("resume"));
            // Without a name: the newest of those that were held in this worktree.
            words.add(Word.of(named(launch.conversation()) ? launch.conversation() : "--last"));
        }
        // In the shared server, hooks would run with the environment of whichever session began it.
        words.add(Word.of("--no-daemon"));
        CodexHooks.options().forEach(option -> words.add(Word.of(option)));
        spec.permissionMode()
                .filter(mode -> !mode.equals("default"))
                .ifPresent(
                        mode -> {
                            words.add(
                                    Word.of(
                                            SANDBOXES.contains(mode)
                                                    ? "--sandbox"
                                                    : "--ask-for-approval"));
                            words.add(Word.of(mode));
                        });
        Optional.ofNullable(launch.model())
                .or(spec::model)
                .ifPresent(
                        model -> {
                            words.add(Word.of("--model"));
                            words.add(Word.of(model));
                        });
        spec.args().forEach(arg -> words.add(Word.of(arg)));
        launch.args().forEach(arg -> words.add(Word.of(arg)));
        if (launch.hasPrompt() && launch.run() == 1) {
            words.add(Word.of("--"));
            boolean guard = !guarded(launch.prompt()).equals(launch.prompt());
            words.add(guard ? Word.template(" {prompt}") : Word.prompt());
        }
        return words;
    }

    /// Codex names its conversations by a UUID of version 7; any other name is not its own.
    private static boolean named(String conversation) {
        return conversation.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}");
    }

    /// A leading `!` runs as a shell command, and `/` as a command of Codex.
    @Override
    public String guarded(String text) {
        return text.startsWith("!") || text.startsWith("/") ? " " + text : text;
    }

    @Override
    public String interruptKey() {
        return "Escape";
    }

    @Override
    public boolean speaks() {
        return true;
    }

    @Override
    public List<AgentEvent> read(JsonNode record, Instant at) {
        JsonNode said = record.path("d");
        return switch (record.path("src").asText("")) {
            case "hook" -> hook(said);
            case "ask", "settled" -> ClaudeAsks.read(record, at);
            case "title" -> Titles.read(said);
            case "transcript" ->
                    transcript(said.path("payload"), record.path("base").path("payload"));
            case "gate" -> List.of(gate(said));
            default -> List.of();
        };
    }

    /// Its hook's answer is like that of Claude Code, but that it knows neither standing
    /// permissions nor an interrupt: it refuses an answer that holds such, so none is given.
    @Override
    public Optional<String> decision(Request request, Answer answer) {
        boolean known =
                switch (answer) {
                    case Answer.Allow allow -> !allow.always();
                    case Answer.Deny deny -> !deny.interrupt();
                    case Answer.Choose choose -> false;
                };
        return known ? Optional.of(ClaudeAsks.decision(request, answer)) : Optional.empty();
    }

    @Override
    public Optional<Request> whole(Request request, byte[] payload) {
        return ClaudeAsks.whole(request, payload);
    }

    private List<AgentEvent> hook(JsonNode d) {
        String by = Brief.text(d.path("agent_id"));
        String tool = Brief.line(d.path("tool_name").asText("a tool"));
        String call = Brief.text(d.path("tool_use_id"));
        return switch (d.path("hook_event_name").asText("")) {
            case "SessionStart" ->
                    List.of(
                            new AgentEvent.Began(
                                    Brief.text(d.path("session_id")),
                                    d.path("source").asText("startup"),
                                    Brief.text(d.path("model"))));
            case "UserPromptSubmit" -> {
                String prompt = d.path("prompt").asText("");
                yield List.of(
                        new AgentEvent.Prompted(Brief.line(prompt), Digest.of(heard(prompt))));
            }
            case "PreToolUse" -> {
                JsonNode input = d.path("tool_input");
                yield List.of(
                        new AgentEvent.ToolBegan(
                                call, tool, Brief.input(input), Digest.of(input), by));
            }
            case "PostToolUse" -> List.of(new AgentEvent.ToolEnded(call, tool, by));
            case "PreCompact" -> List.of(new AgentEvent.Compacting(true));
            case "PostCompact" -> List.of(new AgentEvent.Compacting(false));
            case "Stop" ->
                    List.of(
                            new AgentEvent.TurnEnded(
                                    Brief.words(d.path("last_assistant_message")), 0));
            // Esc: it has said nothing of what it did up to then.
            case "Interrupt" -> List.of(new AgentEvent.TurnEnded(null, 0));
            case "SessionEnd" -> List.of(new AgentEvent.Ended(d.path("reason").asText("other")));
            default -> List.of();
        };
    }

    /// Two of the records that Codex keeps of a conversation (`lib/used-codex.sh`).
    ///
    /// @param base how its counters stood when this process began
    private static List<AgentEvent> transcript(JsonNode payload, JsonNode base) {
        return switch (payload.path("type").asText("")) {
            case "token_count" -> List.of(new AgentEvent.Used(used(payload, base)));
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

    private static Reading used(JsonNode payload, JsonNode base) {
        JsonNode info = payload.path("info");
        JsonNode last = info.path("last_token_usage");
        long window = info.path("model_context_window").asLong(0);
        long context = last.path("total_tokens").asLong(0);
        JsonNode limits = payload.path("rate_limits");
        return new Reading(
                null,
                null,
                count(last.path("input_tokens")),
                grown(output(payload), output(base)),
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

    private static @Nullable Long output(JsonNode payload) {
        return count(payload.path("info").path("total_token_usage").path("output_tokens"));
    }

    /// Another conversation counts from 0.
    private static @Nullable Long grown(@Nullable Long now, @Nullable Long base) {
        return now == null || base == null || now < base ? now : Long.valueOf(now - base);
    }

    private static @Nullable Long count(JsonNode node) {
        return node.canConvertToLong() && node.isNumber() ? node.asLong() : null;
    }

    private static AgentEvent gate(JsonNode d) {
        return switch (d.path("gate").asText("")) {
            case "trust" ->
                    new AgentEvent.Gated(
                            "trust",
                            "Codex asks whether it may trust this folder: answer it with `muster"
                                    + " attach`, or set `trust: true` for the repo in hosts.yaml");
            case "login" ->
                    new AgentEvent.Gated(
                            "login",
                            "Codex is not signed in on this host: sign in with `muster attach`");
            default ->
                    new AgentEvent.Gated(
                            "unknown",
                            "Codex has not said anything since it was started: look at its screen"
                                    + " with `muster attach`");
        };
    }
}
