package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            case "ask", "settled" -> PermissionHook.read(record, at);
            case "title" -> Titles.read(said, "permission prompt");
            case "transcript" -> CodexRecord.read(said.path("payload"), record.path("used"));
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
        return known ? Optional.of(PermissionHook.decision(request, answer)) : Optional.empty();
    }

    @Override
    public Optional<Request> whole(Request request, byte[] payload) {
        return PermissionHook.whole(request, payload);
    }

    private List<AgentEvent> hook(JsonNode d) {
        String by = Brief.text(d.path("agent_id"));
        String tool = Brief.line(d.path("tool_name").asText("a tool"));
        String call = Brief.text(d.path("tool_use_id"));
        String event = d.path("hook_event_name").asText("");
        if (by != null && !event.endsWith("ToolUse")) {
            // What a subagent is told to do is no prompt of a person.
            return List.of();
        }
        return switch (event) {
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
                                    Brief.words(d.path("last_assistant_message"))));
            // Esc: it has said nothing of what it did up to then.
            case "Interrupt" -> List.of(new AgentEvent.TurnEnded(null));
            case "SessionEnd" -> List.of(new AgentEvent.Ended(d.path("reason").asText("other")));
            default -> List.of();
        };
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
