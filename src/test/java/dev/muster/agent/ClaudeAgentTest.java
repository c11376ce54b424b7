package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.host.AgentSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Claude Code is told to do, and what its own words mean: inputs of hooks as 2.1.329 gave
/// them.
class ClaudeAgentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final ClaudeAgent claude = new ClaudeAgent();

    @Test
    void beginsAndResumesConversations() {
        assertThat(hook("SessionStart-startup"))
                .containsExactly(
                        new AgentEvent.Began(
                                "063fc622-1f15-41de-abee-bd9323df12b6",
                                "startup",
                                "claude-sonnet-5-5"));
        assertThat(hook("SessionStart-resume"))
                .containsExactly(
                        new AgentEvent.Began(
                                "063fc622-1f15-41de-abee-bd9323df12b6", "resume", null));
        assertThat(hook("SessionEnd-prompt_input_exit"))
                .containsExactly(new AgentEvent.Ended("prompt_input_exit"));
    }

    @Test
    void namesAPromptByItsDigest() {
        assertThat(hook("UserPromptSubmit"))
                .containsExactly(new AgentEvent.Prompted("LIMIT429", Digest.of("LIMIT429")));
    }

    @Test
    void namesALongPasteByWhatWasPasted() {
        ObjectNode input = JSON.createObjectNode().put("hook_event_name", "UserPromptSubmit");
        input.put(
                "prompt",
                "\n\n<pasted_content id=\"0ca1\">\none\ntwo\n</pasted_content id=\"0ca1\">\n");
        assertThat(claude.read(record("hook", input), NOW))
                .containsExactly(new AgentEvent.Prompted("one\ntwo", Digest.of("one\ntwo")));
    }

    @Test
    void followsAToolByItsId() {
        JsonNode input = sample("PreToolUse").path("tool_input");
        assertThat(hook("PreToolUse"))
                .containsExactly(
                        new AgentEvent.ToolBegan(
                                "toolu_stub0003",
                                "AskUserQuestion",
                                "Which colour?",
                                Digest.of(input),
                                null));
        assertThat(hook("PostToolUse"))
                .containsExactly(
                        new AgentEvent.ToolEnded("toolu_stub0003", "AskUserQuestion", null));
    }

    @Test
    void tellsSubagentsThatItWaitsForFromTasksThatItDoesNot() throws Exception {
        JsonNode input =
                new ObjectMapper()
                        .readTree(
                                """
                                {"hook_event_name": "Stop", "last_assistant_message": "asked one",
                                 "background_tasks": [
                                  {"id": "a", "type": "subagent", "status": "running"},
                                  {"id": "b", "type": "subagent", "status": "completed"},
                                  {"id": "c", "type": "shell", "status": "running"}]}
                                """);
        assertThat(ClaudeHooks.read(input))
                .containsExactly(new AgentEvent.TurnEnded("asked one", 1, 1));
    }

    @Test
    void endsATurnWellOrNot() {
        assertThat(hook("Stop"))
                .containsExactly(
                        new AgentEvent.TurnEnded("Hello from the stub. You said: RATE429x5"));
        assertThat(hook("StopFailure"))
                .containsExactly(
                        new AgentEvent.TurnFailed(
                                AgentEvent.TurnFailed.RATE_LIMIT,
                                "You've hit your 5-hour limit · resets 6:19pm (UTC)"));
    }

    @Test
    void takesAToolWhoseInputWasCutShortWithoutADigest() {
        ObjectNode input = JSON.createObjectNode().put("cut", true);
        input.put("hook_event_name", "PreToolUse").put("tool_name", "Write");
        input.put("tool_use_id", "t1").putObject("tool_input").put("file_path", "/a");
        assertThat(claude.read(record("hook", input), NOW))
                .containsExactly(new AgentEvent.ToolBegan("t1", "Write", "/a", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "\"x\"", "{\"hook_event_name\":{}}", "7"})
    void takesWhatItDoesNotKnowForSilence(String data) throws IOException {
        JsonNode node = JSON.readTree(data);
        for (String source : List.of("hook", "registry", "gate", "else")) {
            assertThat(claude.read(record(source, node), NOW)).isEmpty();
        }
    }

    @Test
    void asksWhatItsPermissionHookWasGiven() {
        ObjectNode record = (ObjectNode) record("ask", sample("PermissionRequest-Bash"));
        record.put("id", "0123456789abcdef");
        assertThat(claude.read(record, NOW))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.Asked.class,
                        asked -> assertThat(asked.request().summary()).isEqualTo("touch x2.txt"));
        record.put("src", "settled").put("how", "allowed");
        assertThat(claude.read(record, NOW)).singleElement().isInstanceOf(AgentEvent.Settled.class);
    }

    @Test
    void readsHowItStands() throws IOException {
        assertThat(registry("{\"status\":\"waiting\",\"waitingFor\":\"permission prompt\"}"))
                .containsExactly(
                        new AgentEvent.Standing(AgentEvent.Stance.WAITING, "permission prompt"));
        assertThat(registry("{\"status\":\"idle\"}"))
                .containsExactly(new AgentEvent.Standing(AgentEvent.Stance.IDLE, null));
        assertThat(registry("{\"status\":\"shell\"}"))
                .as("a dev server that it left running")
                .containsExactly(new AgentEvent.Standing(AgentEvent.Stance.IDLE, "background"));
        assertThat(registry("{\"status\":\"no such\"}")).isEmpty();
    }

    private List<AgentEvent> registry(String data) throws IOException {
        return claude.read(record("registry", JSON.readTree(data)), NOW);
    }

    @Test
    void readsTheStatusLineOfASubscription() {
        Reading reading = reading("StatusLine-oauth");
        assertThat(reading.model()).isEqualTo("claude-sonnet-5-5");
        assertThat(reading.costUsd()).isEqualTo(0.01112);
        // What it has of tokens is the newest reply's.
        assertThat(reading.inputTokens()).isNull();
        assertThat(reading.contextUsedPercent()).isEqualTo(1);
        Instant reset = Instant.ofEpochSecond(1795198787);
        assertThat(reading.fiveHour()).isEqualTo(new Reading.Window(100, reset));
        assertThat(reading.limitedUntil()).isEqualTo(reset);
    }

    @Test
    void readsWhatItsTranscriptsAddUpTo() throws IOException {
        assertThat(
                        claude.read(
                                record("tokens", JSON.readTree("{\"input\":12200,\"output\":42}")),
                                NOW))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.Used.class,
                        used -> {
                            assertThat(used.reading().inputTokens()).isEqualTo(12200);
                            assertThat(used.reading().outputTokens()).isEqualTo(42);
                            assertThat(used.reading().costUsd()).isNull();
                        });
        assertThat(claude.read(record("before", JSON.readTree("{\"cost\":0.25}")), NOW))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.CountsFrom.class,
                        from -> assertThat(from.reading().costUsd()).isEqualTo(0.25));
    }

    @Test
    void readsTheStatusLineOfAnApiKey() {
        assertThat(reading("StatusLine-apikey").fiveHour()).isNull();
        assertThat(reading("StatusLine-apikey").costUsd()).isEqualTo(0.31092);
    }

    /// The host sends the leaves that count, see `lib/status.sh`.
    private Reading reading(String name) {
        ObjectNode flat = JSON.createObjectNode();
        flatten("", sample(name), flat);
        AgentEvent event = claude.read(record("status", flat), NOW).getFirst();
        return ((AgentEvent.Used) event).reading();
    }

    private static void flatten(String prefix, JsonNode node, ObjectNode flat) {
        node.properties()
                .forEach(
                        entry -> {
                            String name = prefix + entry.getKey();
                            if (entry.getValue().isObject()) {
                                flatten(name + ".", entry.getValue(), flat);
                            } else {
                                flat.set(name, entry.getValue());
                            }
                        });
    }

    @Test
    void saysWhatStandsBeforeItAndTheFix() {
        ObjectNode gates = JSON.createObjectNode().put("gates", "trust key").put("folder", "/r");
        assertThat(claude.read(record("gate", gates), NOW))
                .containsExactly(
                        new AgentEvent.Gated(
                                "trust",
                                "it asks whether to trust /r; it asks whether to use the API key of"
                                        + " its environment; answer it in `muster attach`, or let"
                                        + " Muster do so with `trust: true` at the repo"));
    }

    @Test
    void isLaunchedWithWhatHostsYamlSays() {
        AgentSpec spec =
                new AgentSpec(
                        "claude",
                        "claude",
                        "claude",
                        List.of("--add-dir", "/x"),
                        Map.of(),
                        Optional.of("sonnet"),
                        Optional.of("plan"),
                        Optional.of("high"),
                        Optional.of("Be brief."),
                        Optional.empty());
        assertThat(words(spec, 1, "!go"))
                .isEqualTo(
                        "claude --session-id c1 --name n --permission-mode plan --model sonnet"
                                + " --effort high --append-system-prompt Be brief. --add-dir /x --"
                                + "  \"$m_prompt\"");
        assertThat(words(spec, 2, "!go")).contains("--resume c1").doesNotContain("m_prompt");
    }

    private String words(AgentSpec spec, int run, String prompt) {
        Launch launch = new Launch("n", "c1", run, null, List.of(), prompt);
        return String.join(" ", claude.command(spec, launch).stream().map(Word::shell).toList())
                .replace("'", "");
    }

    private List<AgentEvent> hook(String name) {
        return claude.read(record("hook", sample(name)), NOW);
    }

    private static JsonNode sample(String name) {
        String file = "/claude/hook-" + name + ".json";
        try (InputStream in = ClaudeAgentTest.class.getResourceAsStream(file)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private static JsonNode record(String source, JsonNode data) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("src", source);
        record.put("d", data);
        return JSON.valueToTree(record);
    }
}
