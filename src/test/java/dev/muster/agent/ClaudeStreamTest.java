package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.agent.AgentEvent.Stance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Messages of the real program, 2.1.329, as its host passed them on.
class ClaudeStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isReadyBeforeItsFirstTurn() throws Exception {
        assertThat(read(m -> m.path("what").asText().equals("ready")))
                .containsExactly(
                        new AgentEvent.Began(null, "startup", null),
                        new AgentEvent.Standing(Stance.IDLE, null));
    }

    @Test
    void takesAPromptWordForWord() throws Exception {
        String text = "BASH:touch /srv/y1";
        assertThat(read(m -> type(m, "user") && m.has("uuid") && !m.has("tool_use_result")))
                .containsExactly(new AgentEvent.Prompted(text, Digest.of(text)));
    }

    @Test
    void isBusyInATurnAndKnowsItsConversation() throws Exception {
        List<AgentEvent> events = read(m -> m.path("subtype").asText().equals("init"));
        assertThat(events).last().isEqualTo(new AgentEvent.Standing(Stance.BUSY, null));
        assertThat(events)
                .first()
                .isInstanceOfSatisfying(
                        AgentEvent.Began.class,
                        began -> {
                            assertThat(began.conversation()).hasSize(36);
                            assertThat(began.model()).startsWith("claude-");
                            assertThat(began.goesOn()).isTrue();
                        });
    }

    @Test
    void usesAToolToItsEnd() throws Exception {
        List<AgentEvent> began = read(m -> type(m, "assistant"));
        List<AgentEvent> ended = read(m -> m.has("tool_use_result"));
        assertThat(began)
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.ToolBegan.class,
                        tool -> {
                            assertThat(tool.what()).isEqualTo("touch /srv/y1");
                            assertThat(ended)
                                    .contains(new AgentEvent.ToolEnded(tool.call(), "", null));
                        });
    }

    @Test
    void endsATurnWithItsLastWordsAndItsCost() throws Exception {
        List<AgentEvent> events =
                read(m -> type(m, "result") && !m.path("is_error").asBoolean(true));
        assertThat(events)
                .contains(new AgentEvent.TurnEnded("Tool finished. All done."))
                .contains(new AgentEvent.Standing(Stance.IDLE, null));
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        AgentEvent.Used.class,
                        used -> {
                            assertThat(used.reading().costUsd()).isEqualTo(0.04448);
                            assertThat(used.reading().outputTokens()).isEqualTo(84);
                        });
    }

    @Test
    void doesNotTakeAnInterruptForAFailure() throws Exception {
        assertThat(read(m -> m.path("terminal_reason").asText().startsWith("aborted")))
                .contains(new AgentEvent.TurnEnded("interrupted"));
    }

    @Test
    void tellsThatItTriesAgain() throws Exception {
        assertThat(read(m -> m.path("subtype").asText().equals("api_retry")))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.Retrying.class,
                        retrying -> {
                            assertThat(retrying.error())
                                    .isEqualTo(AgentEvent.TurnFailed.RATE_LIMIT);
                            assertThat(retrying.attempt()).isEqualTo(1);
                            assertThat(retrying.after()).hasSeconds(1);
                        });
    }

    @Test
    void findsTheLimitInAResultThatIsCalledASuccess() throws Exception {
        assertThat(read(m -> m.path("api_error_status").asInt() == 429))
                .first()
                .isInstanceOfSatisfying(
                        AgentEvent.TurnFailed.class,
                        failed -> {
                            assertThat(failed.error()).isEqualTo(AgentEvent.TurnFailed.RATE_LIMIT);
                            assertThat(failed.message()).contains("5-hour limit");
                        });
        assertThat(read(m -> type(m, "rate_limit_event")))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.Used.class,
                        used -> {
                            assertThat(used.reading().fiveHour().full()).isTrue();
                            assertThat(used.reading().fiveHour().resetsAt()).isNotNull();
                            assertThat(used.reading().sevenDay().usedPercent()).isEqualTo(62);
                        });
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() throws Exception {
        for (String odd :
                List.of(
                        "{}",
                        "{\"type\":7}",
                        "{\"type\":\"assistant\",\"message\":[]}",
                        "{\"type\":\"user\",\"message\":{\"content\":\"x\"}}",
                        "{\"type\":\"control_response\"}",
                        "{\"type\":\"rate_limit_event\"}",
                        "[1]")) {
            assertThat(ClaudeStream.read(JSON.readTree(odd))).as(odd).isEmpty();
        }
    }

    @Test
    void namesPromptsInTheOrderOfTheirIds() {
        StreamMessage first = StreamMessage.prompt("01KAB0000000000000000000ZZ", "a\n\"b\"");
        StreamMessage second = StreamMessage.prompt("01KAB00001000000000000000A", "b");
        assertThat(first.name()).isLessThan(second.name()).matches("[0-9a-f-]{36}");
        assertThat(first.name().charAt(14)).isEqualTo('7');
        assertThat(first.line()).doesNotContain("\n").contains("a\\n\\\"b\\\"");
    }

    private static boolean type(JsonNode message, String type) {
        return message.path("type").asText().equals(type);
    }

    private static List<AgentEvent> read(Predicate<JsonNode> which) throws IOException {
        List<AgentEvent> events = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(
                        ClaudeStreamTest.class.getResourceAsStream("/claude/stream.jsonl"))) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                JsonNode message = JSON.readTree(line);
                if (which.test(message)) {
                    JsonNode record =
                            JSON.createObjectNode().put("src", "stream").set("d", message);
                    events.addAll(new ClaudeAgent().read(record, Instant.EPOCH));
                }
            }
        }
        return events;
    }
}
