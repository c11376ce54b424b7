package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gemini CLI, interactive, as seen with 0.61.0.
///
/// Its hooks say what it does (`lib/agent-gemini.sh`). They are silent when a dialog is dismissed:
/// that it waits, and waits no more, comes from the title that it gives its terminal
/// (`lib/title.sh`), and what it used from its own record of the conversation. No hook can answer
/// for it, so its dialogs are answered on its own screen.
public final class GeminiAgent implements Agent {
    @Override
    public String type() {
        return "gemini";
    }

    @Override
    public List<Word> command(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>();
        words.add(Word.path(spec.command()));
        // First, where agent-gemini.sh looks for it.
        option(words, launch.run() == 1 ? "--session-id" : "--resume", launch.conversation());
        option(words, "--approval-mode", spec.permissionMode().orElse("default"));
        Optional.ofNullable(launch.model())
                .or(spec::model)
                .ifPresent(model -> option(words, "--model", model));
        spec.args().forEach(arg -> words.add(Word.of(arg)));
        launch.args().forEach(arg -> words.add(Word.of(arg)));
        if (launch.hasPrompt() && launch.run() == 1) {
            // In one word with its name: a prompt that begins with a dash is a prompt, too.
            words.add(
                    Word.template(
                            "--prompt-interactive="
                                    + (isCommand(launch.prompt()) ? " {prompt}" : "{prompt}")));
        }
        return words;
    }

    private static void option(List<Word> words, String name, String value) {
        words.add(Word.of(name));
        words.add(Word.of(value));
    }

    /// A leading `!` runs as a shell command, and `/` as a command of Gemini.
    @Override
    public String guarded(String text) {
        return isCommand(text) ? " " + text : text;
    }

    private static boolean isCommand(String text) {
        return text.startsWith("!") || text.startsWith("/");
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
            case "title" -> Titles.read(said, null);
            case "used" -> List.of(new AgentEvent.Used(used(said)));
            case "gate" -> List.of(gate(said.path("gate").asText("")));
            default -> List.of();
        };
    }

    /// The input of its hooks, as their reference has it: tools have no id of their use.
    private List<AgentEvent> hook(JsonNode d) {
        String tool = Brief.line(d.path("tool_name").asText("a tool"));
        return switch (d.path("hook_event_name").asText("")) {
            case "SessionStart" ->
                    List.of(
                            new AgentEvent.Began(
                                    Brief.text(d.path("session_id")),
                                    d.path("source").asText("startup"),
                                    null));
            case "BeforeAgent" -> {
                String prompt = d.path("prompt").asText("");
                yield List.of(
                        new AgentEvent.Prompted(Brief.line(prompt), Digest.of(heard(prompt))));
            }
            case "BeforeTool" -> {
                JsonNode input = d.path("tool_input");
                yield List.of(
                        new AgentEvent.ToolBegan(
                                null, tool, Brief.input(input), Digest.of(input), null));
            }
            case "AfterTool" -> List.of(new AgentEvent.ToolEnded(null, tool, null));
            // Sooner than its title, and says what for. A title from before may be read later, that
            // it
            // works: the next says again that it waits, and in the end that it does no more.
            case "Notification" ->
                    d.path("notification_type").asText("").equals("ToolPermission")
                            ? List.of(
                                    new AgentEvent.Standing(
                                            AgentEvent.Stance.WAITING, waitingFor(d)))
                            : List.of();
            // Also asked for after each turn's step when nothing is compressed: no word of work.
            case "AfterAgent" -> List.of(new AgentEvent.TurnEnded(lastWords(d)));
            case "SessionEnd" -> List.of(new AgentEvent.Ended(d.path("reason").asText("other")));
            default -> List.of();
        };
    }

    private static String waitingFor(JsonNode d) {
        return d.path("details").path("type").asText("").equals("ask_user")
                ? "an answer to its question"
                : "permission prompt";
    }

    private static @Nullable String lastWords(JsonNode d) {
        String words = Brief.words(d.path("prompt_response"));
        // What it says of a turn that failed, or that was ended before its first word.
        return "[no response text]".equals(words) ? null : words;
    }

    /// Of its own record of the conversation (`lib/used-gemini.sh`). It says neither what that
    /// costs nor how large a context may be.
    private static Reading used(JsonNode d) {
        return new Reading(
                Brief.text(d.path("model")),
                null,
                count(d.path("input")),
                count(d.path("output")),
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable Long count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : null;
    }

    private static AgentEvent gate(String name) {
        return name.equals("trust")
                ? new AgentEvent.Gated(
                        "trust",
                        "it asks whether to trust this folder; answer it in `muster attach`, or let"
                                + " Muster do so with `trust: true` at the repo")
                : new AgentEvent.Gated(
                        "unknown",
                        "it has not begun, and stands before a question that it does not tell of;"
                                + " answer it in `muster attach`");
    }
}
