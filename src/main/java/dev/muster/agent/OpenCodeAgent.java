package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// OpenCode, interactive, as seen with 1.18.33.
///
/// It is read by the events of its own server's bus (`/event`), which a plugin of this one run
/// takes inside its process (`lib/opencode.mjs`): no port is opened, where an agent could answer
/// its own requests. They tell at every moment how it stands.
public final class OpenCodeAgent implements Agent {
    private static final Reading NOTHING = new Reading(null, 0.0, 0L, 0L, null, 0L, 0L, null, null);

    @Override
    public String type() {
        return "opencode";
    }

    @Override
    public List<Word> command(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>();
        words.add(Word.path(spec.command()));
        if (launch.run() > 1) {
            if (launch.conversation().startsWith("ses_")) {
                words.add(Word.of("--session=" + launch.conversation()));
            } else {
                words.add(Word.of("--continue"));
            }
        }
        spec.permissionMode()
                .filter(mode -> !mode.equals("default"))
                .ifPresent(
                        mode ->
                                words.add(
                                        Word.of(
                                                mode.equals("auto")
                                                        ? "--auto"
                                                        : "--agent=" + mode)));
        Optional.ofNullable(launch.model())
                .or(spec::model)
                .ifPresent(model -> words.add(Word.of("--model=" + model)));
        spec.args().forEach(arg -> words.add(Word.of(arg)));
        launch.args().forEach(arg -> words.add(Word.of(arg)));
        if (launch.hasPrompt() && launch.run() == 1) {
            words.add(
                    Word.template(
                            "--prompt=" + (isCommand(launch.prompt()) ? " {prompt}" : "{prompt}")));
        }
        return words;
    }

    /// A leading `!` runs as a shell command, and `/` as a command of OpenCode.
    @Override
    public String guarded(String text) {
        return isCommand(text) ? " " + text : text;
    }

    private static boolean isCommand(String text) {
        return text.startsWith("!") || text.startsWith("/");
    }

    /// The first one asks whether it is meant.
    @Override
    public String interruptKey() {
        return "Escape Escape";
    }

    /// It takes both for one key when it comes to read them together.
    @Override
    public boolean interruptsAgain() {
        return true;
    }

    @Override
    public boolean speaks() {
        return true;
    }

    @Override
    public List<AgentEvent> read(JsonNode record, Instant at) {
        JsonNode said = record.path("d");
        return switch (record.path("src").asText("")) {
            case "hook" -> event(said.path("type").asText(""), said.path("properties"));
            case "ask", "settled" -> PermissionHook.read(record, at);
            default -> List.of();
        };
    }

    /// The plugin makes its own answer of it.
    @Override
    public Optional<String> decision(Request request, Answer answer) {
        return Optional.of(PermissionHook.decision(request, answer));
    }

    @Override
    public Optional<Request> whole(Request request, byte[] payload) {
        return PermissionHook.whole(request, payload);
    }

    private List<AgentEvent> event(String type, JsonNode d) {
        String by = Brief.text(d.path("by"));
        return switch (type) {
            // Its counters are its process's, and begin at nothing.
            case "muster.began" ->
                    List.of(
                            new AgentEvent.Began(null, "startup", null),
                            new AgentEvent.Used(NOTHING));
            case "session.created" ->
                    List.of(
                            new AgentEvent.Began(
                                    Brief.text(d.path("sessionID")),
                                    "startup",
                                    Brief.text(d.path("model"))));
            case "muster.prompt" -> {
                String prompt = d.path("text").asText("");
                yield List.of(
                        new AgentEvent.Prompted(Brief.line(prompt), Digest.of(heard(prompt))));
            }
            case "message.part.updated" -> tool(d.path("part"), by);
            case "session.status" -> status(d.path("status"));
            case "session.idle" -> idle(d);
            case "session.error" -> error(d.path("error"));
            case "muster.used" -> List.of(new AgentEvent.Used(used(d)));
            case "session.compacted" -> List.of(new AgentEvent.Compacting(false));
            case "session.deleted" ->
                    by == null ? List.of() : List.of(new AgentEvent.SubagentEnded(by));
            default -> List.of();
        };
    }

    private static List<AgentEvent> tool(JsonNode part, @Nullable String by) {
        String call = Brief.text(part.path("callID"));
        String tool = Brief.line(part.path("tool").asText("a tool"));
        JsonNode input = part.path("state").path("input");
        return switch (part.path("state").path("status").asText("")) {
            case "running" ->
                    List.of(
                            new AgentEvent.ToolBegan(
                                    call, tool, Brief.input(input), Digest.of(input), by));
            case "completed", "error" -> List.of(new AgentEvent.ToolEnded(call, tool, by));
            default -> List.of();
        };
    }

    private static List<AgentEvent> status(JsonNode status) {
        return switch (status.path("type").asText("")) {
            // Between its tries it goes on by itself.
            case "busy", "retry" -> List.of(new AgentEvent.Standing(AgentEvent.Stance.BUSY, null));
            case "idle" -> List.of(new AgentEvent.Standing(AgentEvent.Stance.IDLE, null));
            default -> List.of();
        };
    }

    private static List<AgentEvent> idle(JsonNode d) {
        List<AgentEvent> events = new ArrayList<>();
        if (!d.path("failed").asBoolean(false)) {
            events.add(new AgentEvent.TurnEnded(Brief.words(d.path("last"))));
        }
        events.add(new AgentEvent.Standing(AgentEvent.Stance.IDLE, null));
        return events;
    }

    private static Reading used(JsonNode d) {
        return new Reading(
                Brief.text(d.path("model")),
                d.path("cost").isNumber() ? d.path("cost").asDouble() : null,
                count(d.path("input")),
                count(d.path("output")),
                d.path("context").isNumber() ? d.path("context").asDouble() : null,
                count(d.path("added")),
                count(d.path("removed")),
                null,
                null);
    }

    private static List<AgentEvent> error(JsonNode error) {
        String name = error.path("name").asText("unknown");
        if (name.equals("MessageAbortedError")) {
            return List.of(new AgentEvent.TurnEnded(null));
        }
        JsonNode data = error.path("data");
        return List.of(
                new AgentEvent.TurnFailed(
                        data.path("statusCode").asInt(0) == 429
                                ? AgentEvent.TurnFailed.RATE_LIMIT
                                : Brief.line(name),
                        Brief.words(data.path("message"))));
    }

    private static @Nullable Long count(JsonNode node) {
        return node.canConvertToLong() && node.asLong() >= 0 ? node.asLong() : null;
    }
}
