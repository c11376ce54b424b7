package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.AgentSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCodeAgentTest {
    private final OpenCodeAgent openCode = new OpenCodeAgent();

    @Test
    void readsARealSession() throws Exception {
        Recorded session = Recorded.of(openCode);
        assertThat(session.states())
                .containsSubsequence(
                        "working bash: touch z5",
                        "needs-approval bash: touch z5",
                        "working bash: touch z5",
                        "idle done with: (no output)",
                        "idle",
                        "idle its turn failed (APIError): bad request of the stub");
        assertThat(session.requests()).allMatch(Request::exact).hasSize(1);
        assertThat(session.activity().conversation()).startsWith("ses_");
        assertThat(session.activity().requests()).isEmpty();
        assertThat(session.activity().reading()).isNotNull();
    }

    @Test
    void goesOnWithItsOwnConversationElseTheNewestOfTheWorktree() {
        assertThat(words(2, "ses_1fb0", "do it")).containsExactly("opencode", "--session=ses_1fb0");
        assertThat(words(2, "a0d5f6e8", "do it")).containsExactly("opencode", "--continue");
    }

    @Test
    void guardsAPromptThatWouldBeACommand() {
        assertThat(words(1, "ses_1", "!ls")).containsExactly("opencode", "--prompt= {prompt}");
        assertThat(words(1, "ses_1", "do it")).containsExactly("opencode", "--prompt={prompt}");
    }

    private List<String> words(int run, String conversation, String prompt) {
        return Lines.of(openCode, AgentSpec.builtIn().get("opencode"), run, conversation, prompt);
    }
}
