package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Claude Code, interactive. Its first prompt goes as its argument; a later run resumes the
/// conversation of the first one.
public final class ClaudeAgent implements Agent {
    @Override
    public String type() {
        return "claude";
    }

    @Override
    public List<Word> command(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>();
        words.add(Word.path(spec.command()));
        option(words, launch.run() == 1 ? "--session-id" : "--resume", launch.conversation());
        option(words, "--name", launch.name());
        // Always named: newer versions otherwise start in a mode of their own choice.
        option(words, "--permission-mode", spec.permissionMode().orElse("default"));
        Optional.ofNullable(launch.model())
                .or(spec::model)
                .ifPresent(model -> option(words, "--model", model));
        spec.effort().ifPresent(effort -> option(words, "--effort", effort));
        spec.systemPrompt().ifPresent(text -> option(words, "--append-system-prompt", text));
        spec.args().forEach(arg -> words.add(Word.of(arg)));
        launch.args().forEach(arg -> words.add(Word.of(arg)));
        if (launch.hasPrompt() && launch.run() == 1) {
            words.add(Word.of("--"));
            words.add(Word.template(ClaudePrompts.guard(launch.prompt()) + "{prompt}"));
        }
        return words;
    }

    /// Its protocol with programs, as its Agent SDK speaks it.
    @Override
    public Optional<List<Word>> headless(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>(command(spec, launch.withoutPrompt()));
        ClaudeStream.OPTIONS.forEach(word -> words.add(Word.of(word)));
        return Optional.of(words);
    }

    @Override
    public String guarded(String text) {
        return ClaudePrompts.guard(text) + text;
    }

    @Override
    public String heard(String text) {
        return ClaudePrompts.plain(text);
    }

    @Override
    public String inputLine() {
        return "claude";
    }

    @Override
    public boolean speaks() {
        return true;
    }

    @Override
    public List<AgentEvent> read(JsonNode record, Instant at) {
        JsonNode data = record.path("d");
        return switch (record.path("src").asText("")) {
            case "hook" -> ClaudeHooks.read(data);
            case "registry" -> ClaudeSigns.stands(data);
            case "status" -> ClaudeSigns.used(data);
            case "tokens" -> ClaudeSigns.tokens(data);
            case "before" -> ClaudeSigns.before(data);
            case "gate" -> ClaudeSigns.gated(data);
            case "ask", "settled" -> PermissionHook.read(record, at);
            case "stream" -> ClaudeStream.read(data);
            default -> List.of();
        };
    }

    @Override
    public String interruptKey() {
        return "Escape";
    }

    @Override
    public Optional<String> decision(Request request, Answer answer) {
        return Optional.of(PermissionHook.decision(request, answer));
    }

    @Override
    public Optional<Request> whole(Request request, byte[] payload) {
        return PermissionHook.whole(request, payload);
    }

    private static void option(List<Word> words, String name, String value) {
        words.add(Word.of(name));
        words.add(Word.of(value));
    }
}
