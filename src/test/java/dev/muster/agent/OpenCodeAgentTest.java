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
                        "working bash: touch made",
                        "needs-approval bash: touch made",
                        "working bash: touch made",
                        "idle done: run touch made",
                        // Esc, while the model was slow.
                        "working",
                        "idle",
                        "idle its turn failed (APIError): the stub takes no such thing",
                        // After /new.
                        "working",
                        "idle done: hello new one");
        assertThat(session.requests()).allMatch(Request::exact).hasSize(3);
        assertThat(session.activity().conversation()).startsWith("ses_");
        assertThat(session.activity().requests()).isEmpty();
        // Eleven replies, a subagent's among them.
        assertThat(session.activity().reading())
                .isEqualTo(new Reading("stub-1", 0.014806, 13574L, 616L, 1.29, 0L, 0L, null, null));
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
