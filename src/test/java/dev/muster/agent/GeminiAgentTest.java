package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.host.AgentSpec;
import dev.muster.session.Activity;
import dev.muster.session.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiAgentTest {
    private static final String ID = "11111111-2222-4333-8444-555555555558";
    private final GeminiAgent gemini = new GeminiAgent();

    @Test
    void readsARealSession() throws Exception {
        Recorded session = Recorded.of(gemini);
        assertThat(session.states())
                .containsSubsequence(
                        "idle done with: hello there",
                        "needs-approval run_shell_command: touch /srv/z2, on its own screen",
                        "working run_shell_command: touch /srv/z2",
                        // Esc at the dialog, of which no hook tells.
                        "needs-approval run_shell_command: touch /srv/z3, on its own screen",
                        "working ask_user: Which colour?",
                        "needs-input an answer to its question, on its own screen",
                        "idle wait");
        assertThat(session.activity().conversation()).isEqualTo(ID);
    }

    @Test
    void namesTheGateThatItStandsBefore() throws Exception {
        String record = "{\"src\":\"gate\",\"d\":{\"gate\":\"trust\"}}";
        Activity activity = Activity.NONE;
        for (AgentEvent event : gemini.read(new ObjectMapper().readTree(record), Instant.EPOCH)) {
            activity = activity.apply(event);
        }
        assertThat(activity.state())
                .isInstanceOfSatisfying(
                        State.Blocked.class,
                        blocked -> assertThat(blocked.detail()).contains("trust: true"));
    }

    @Test
    void readsWhatItsOwnRecordSaysThatItUsed() throws Exception {
        String record =
                "{\"src\":\"used\",\"d\":{\"input\":400,\"output\":42,"
                        + "\"model\":\"gemini-pro\"}}";
        assertThat(gemini.read(new ObjectMapper().readTree(record), Instant.EPOCH))
                .containsExactly(
                        new AgentEvent.Used(
                                new Reading(
                                        "gemini-pro",
                                        null,
                                        400L,
                                        42L,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)));
    }

    @Test
    void givesItsConversationANameAndGoesOnUnderIt() {
        assertThat(words(1, "do it"))
                .startsWith("gemini", "--session-id", ID)
                .endsWith("--prompt-interactive={prompt}");
        assertThat(words(2, "do it"))
                .startsWith("gemini", "--resume", ID)
                .noneMatch(word -> word.contains("{prompt}"));
    }

    @Test
    void guardsAPromptThatWouldBeACommand() {
        assertThat(words(1, "/quit")).endsWith("--prompt-interactive= {prompt}");
        assertThat(words(1, "!ls")).endsWith("--prompt-interactive= {prompt}");
    }

    private List<String> words(int run, String prompt) {
        return Lines.of(gemini, AgentSpec.builtIn().get("gemini"), run, ID, prompt);
    }
}
