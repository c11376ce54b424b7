package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionHookTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "0123456789abcdef";
    private static final String BASH =
            """
            {"tool_name":"Bash","tool_input":{"command":"touch x2.txt","description":"d"},
            "agent_id":"sub-1","permission_suggestions":[{"type":"setMode","mode":"acceptEdits"}]}
            """;

    @Test
    void readsWhatIsAskedExactly() throws Exception {
        Request request = asked("\"d\":" + BASH);
        assertThat(request.kind()).isEqualTo(Request.Kind.APPROVAL);
        assertThat(request.tool()).isEqualTo("Bash");
        assertThat(request.summary()).isEqualTo("touch x2.txt");
        assertThat(request.exact()).isTrue();
        assertThat(request.by()).isEqualTo("sub-1");
        assertThat(request.suggestions()).hasSize(1);
    }

    @Test
    void readsWhatItCanOfARequestThatIsTooLongAndTheRestFromItsFile() throws Exception {
        byte[] payload =
                ("{\"tool_name\":\"Write\",\"tool_input\":{\"content\":\""
                                + "x".repeat(70_000)
                                + "\"}}")
                        .getBytes(StandardCharsets.UTF_8);
        String head = HexFormat.of().formatHex(payload, 0, 4096);
        Request cut =
                asked(
                        "\"size\":70049,\"sum\":\""
                                + Digest.sha256(payload)
                                + "\",\"x\":\""
                                + head
                                + "\"");
        assertThat(cut.tool()).isEqualTo("Write");
        assertThat(cut.exact()).isFalse();
        assertThat(cut.elsewhere()).isTrue();
        Request whole = new ClaudeAgent().whole(cut, payload).orElseThrow();
        assertThat(whole.exact()).isTrue();
        assertThat(whole.input().get("content").asText()).hasSize(70_000);
        payload[50] = 'y';
        assertThat(new ClaudeAgent().whole(cut, payload)).isEmpty();
    }

    @Test
    void takesNothingThatIsNotItsOwn() throws Exception {
        assertThat(read("\"src\":\"ask\",\"id\":\"../../etc\",\"d\":{}")).isEmpty();
        assertThat(read("\"src\":\"settled\",\"id\":\"" + ID + "\",\"how\":\"maybe\"")).isEmpty();
        assertThat(asked("\"d\":[1]").exact()).isFalse();
        assertThat(asked("\"d\":{\"tool_name\":\"Bash\",\"tool_input\":\"x\"}").exact()).isFalse();
    }

    @Test
    void readsWhoSettledIt() throws Exception {
        assertThat(
                        read(
                                "\"src\":\"settled\",\"id\":\""
                                        + ID
                                        + "\",\"how\":\"denied\",\"x\":\"6d65\""))
                .containsExactly(new AgentEvent.Settled(ID, AgentEvent.Settlement.DENIED, "me"));
    }

    @Test
    void saysYesNoAndWhatWasChosenInTheWordsOfItsHooks() throws Exception {
        Request request = asked("\"d\":" + BASH);
        assertThat(decision(request, new Answer.Allow(false)))
                .isEqualTo(JSON.readTree("{\"behavior\":\"allow\"}"));
        assertThat(
                        decision(request, new Answer.Allow(true))
                                .at("/updatedPermissions/0/mode")
                                .asText())
                .isEqualTo("acceptEdits");
        assertThat(decision(request, new Answer.Deny("use \"pnpm\"\n", true)))
                .isEqualTo(
                        JSON.readTree(
                                "{\"behavior\":\"deny\",\"message\":\"use \\\"pnpm\\\"\\n\",\"interrupt\":true}"));
        Answer chosen = new Answer.Choose(new LinkedHashMap<>(Map.of("Which?", "Blue")));
        assertThat(decision(request, chosen))
                .isEqualTo(
                        JSON.readTree(
                                "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"touch"
                                        + " x2.txt\",\"description\":\"d\",\"answers\":{\"Which?\":\"Blue\"}}}"));
        assertThat(PermissionHook.decision(request, new Answer.Deny("a\nb", false)))
                .doesNotContain("\n");
    }

    private static JsonNode decision(Request request, Answer answer) throws Exception {
        JsonNode document =
                JSON.readTree(new ClaudeAgent().decision(request, answer).orElseThrow());
        assertThat(document.at("/hookSpecificOutput/hookEventName").asText())
                .isEqualTo("PermissionRequest");
        return document.at("/hookSpecificOutput/decision");
    }

    private static Request asked(String rest) throws Exception {
        return ((AgentEvent.Asked) read("\"src\":\"ask\",\"id\":\"" + ID + "\"," + rest).getFirst())
                .request();
    }

    private static List<AgentEvent> read(String fields) throws Exception {
        return new ClaudeAgent().read(JSON.readTree("{" + fields + "}"), Instant.EPOCH);
    }
}
