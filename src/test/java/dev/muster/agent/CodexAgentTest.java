package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.host.AgentSpec;
import dev.muster.session.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodexAgentTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ITS_OWN = "01a1fb1f-d653-7321-8fd9-fe9730871cd8";
    private final CodexAgent codex = new CodexAgent();

    @Test
    void readsARealSession() throws Exception {
        Recorded session = Recorded.of(codex);
        assertThat(session.states())
                .containsSubsequence(
                        "idle done: hello there",
                        "working Bash: touch /srv/made",
                        "needs-approval Bash: touch /srv/made",
                        "working Bash: touch /srv/made",
                        // Esc, while the model was slow.
                        "working",
                        "idle",
                        // Of these two, no hook tells.
                        "idle its turn failed (other): {\"error\":{\"message\":\"the stub takes no"
                                + " such thing\",\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}",
                        "rate-limited You’ve hit your usage limit. Try again later.",
                        "idle done: delegate a task",
                        // After /new.
                        "idle done: hello new one");
        assertThat(session.states()).doesNotContain("working a task");
        assertThat(session.activity().conversation()).matches("01a22167-.*");
        assertThat(session.activity().model()).isEqualTo("gpt-stub");
        assertThat(session.requests()).allMatch(Request::exact).hasSize(2);
        Reading used = session.activity().reading();
        assertThat(used).isNotNull();
        // Twelve replies, in two conversations and two subagents.
        assertThat(used.inputTokens()).isEqualTo(14_808);
        assertThat(used.outputTokens()).isEqualTo(672);
        assertThat(used.contextUsedPercent()).isBetween(0.4, 0.6);
    }

    /// As Codex 0.169.0 tells of a question in its plan mode; its title says that it waits.
    @Test
    void aQuestionIsNoPermission() throws Exception {
        String hook =
                "{\"src\":\"hook\",\"d\":{\"hook_event_name\":\"%s\",\"permission_mode\":\"default\","
                        + "\"tool_name\":\"request_user_input\",\"tool_input\":{\"questions\":[{"
                        + "\"header\":\"h\",\"id\":\"q1\",\"question\":\"Which?\",\"options\":[]}]},"
                        + "\"tool_use_id\":\"c1\"}}";
        String title = "{\"src\":\"title\",\"d\":{\"stance\":\"%s\"}}";
        Activity activity = Activity.NONE;
        List<String> states = new ArrayList<>();
        for (String record :
                List.of(
                        title.formatted("busy"),
                        hook.formatted("PreToolUse"),
                        title.formatted("waiting"),
                        title.formatted("busy"),
                        hook.formatted("PostToolUse"))) {
            for (AgentEvent event : codex.read(json(record), T)) {
                activity = activity.apply(event);
            }
            states.add(activity.state().word() + " " + activity.state().detail());
        }
        assertThat(states)
                .containsExactly(
                        "working null",
                        "working request_user_input: Which?",
                        "needs-input Which?, on its own screen",
                        "working request_user_input: Which?",
                        "working null");
    }

    @Test
    void trustsExactlyTheHooksThatItBrings() {
        // Recorded from Codex 0.169.0, which ran a hook of this definition with this hash.
        assertThat(String.join("\n", CodexHooks.options()))
                .contains(
                        "hooks.Stop=[{hooks=[{type=\"command\",command=\"exec /bin/sh"
                                + " \\\"$MUSTER_LIB/hook.sh\\\"\",timeout=30}]}]")
                .contains(
                        "\"/<session-flags>/config.toml:stop:0:0\"={trusted_hash=\"sha256:"
                                + "b598a6c80560e8cbdf036740b02902b6312f724c37673a89545dd5837c974d41\"}")
                .doesNotContain("bypass");
    }

    @Test
    void goesOnWithItsOwnConversationElseTheNewestOfTheWorktree() {
        assertThat(words(2, ITS_OWN, "")).startsWith("codex", "resume", ITS_OWN);
        assertThat(words(2, "a0d5f6e8-0000-3000-8000-000000000000", ""))
                .startsWith("codex", "resume", "--last");
    }

    @Test
    void guardsAPromptThatWouldBeACommand() {
        assertThat(words(1, ITS_OWN, "!rm -rf /")).endsWith("--", " {prompt}");
        assertThat(words(1, ITS_OWN, "--help")).endsWith("--", "{prompt}");
        assertThat(words(1, ITS_OWN, "")).doesNotContain("--");
    }

    @Test
    void givesNoAnswerThatCodexWouldRefuse() throws Exception {
        Request request = Recorded.of(codex).requests().getFirst();
        assertThat(codex.decision(request, new Answer.Allow(false)).orElseThrow())
                .contains("\"behavior\":\"allow\"");
        assertThat(codex.decision(request, new Answer.Deny("no", false)).orElseThrow())
                .contains("\"message\":\"no\"");
        assertThat(codex.decision(request, new Answer.Allow(true))).isEmpty();
        assertThat(codex.decision(request, new Answer.Deny("no", true))).isEmpty();
    }

    @Test
    void readsTheWindowsOfASubscriptionByTheirLength() throws Exception {
        Reading used =
                reading(
                        """
                        {"primary": {"used_percent": 12.5, "window_minutes": 10080},
                         "secondary": {"used_percent": 100, "window_minutes": 300,
                                       "resets_at": 1795222222}}
                        """);
        assertThat(used.sevenDay()).isEqualTo(new Reading.Window(12.5, null));
        assertThat(used.limitedUntil()).isEqualTo(Instant.ofEpochSecond(1795222222));
        assertThat(reading("{\"primary\": 7}").fiveHour()).isNull();
    }

    @Test
    void aLimitIsALimitInEitherOfItsWords() throws Exception {
        assertThat(failed("\"usage_limit_exceeded\"")).isEqualTo("rate_limit");
        String tried = "{\"response_too_many_failed_attempts\":{\"http_status_code\":%d}}";
        assertThat(failed(tried.formatted(429))).isEqualTo("rate_limit");
        assertThat(failed(tried.formatted(500))).isEqualTo("response_too_many_failed_attempts");
        assertThat(failed("null")).isEqualTo("other");
    }

    private String failed(String info) throws Exception {
        JsonNode record =
                json(
                        "{\"src\":\"transcript\",\"d\":{\"payload\":{\"type\":\"task_complete\","
                                + "\"error\":{\"message\":\"m\",\"codex_error_info\":"
                                + info
                                + "}}}}");
        return ((AgentEvent.TurnFailed) codex.read(record, T).getFirst()).error();
    }

    @Test
    void aRecordOfAnotherShapeSaysNothing() throws Exception {
        for (String record :
                List.of(
                        "{}",
                        "{\"src\":\"hook\",\"d\":[]}",
                        "{\"src\":\"hook\",\"d\":{\"hook_event_name\":7}}",
                        "{\"src\":\"title\",\"d\":{\"stance\":\"dancing\"}}",
                        "{\"src\":\"transcript\",\"d\":{\"payload\":\"token_count\"}}",
                        "{\"src\":\"ask\",\"id\":\"../../x\",\"d\":{}}")) {
            assertThat(codex.read(json(record), T)).as(record).isEmpty();
        }
    }

    private Reading reading(String limits) throws Exception {
        JsonNode record =
                json(
                        "{\"src\":\"transcript\",\"d\":{\"payload\":{\"type\":\"token_count\","
                                + "\"rate_limits\":"
                                + limits
                                + "}}}");
        return ((AgentEvent.Used) codex.read(record, T).getFirst()).reading();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private List<String> words(int run, String conversation, String prompt) {
        return Lines.of(codex, AgentSpec.builtIn().get("codex"), run, conversation, prompt);
    }
}
