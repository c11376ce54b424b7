package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingYesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// As the real one offers it.
    @Test
    void saysWhatClaudeCodeOffers() throws Exception {
        JsonNode asked =
                JSON.readTree(
                        Files.readString(
                                Path.of(
                                        "src/test/resources/claude/hook-PermissionRequest-Bash.json")));
        List<JsonNode> suggestions =
                List.copyOf(asked.path("permission_suggestions").valueStream().toList());
        assertThat(StandingYes.of(request(suggestions)))
                .containsExactly(
                        "work in /home/dev/src/app-task1 for this session",
                        "permission mode acceptEdits for this session");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"type":"addRules","rules":[{"toolName":"Bash","ruleContent":"npm test:*"}],"behavior":"allow","destination":"localSettings"}|allow Bash(npm test:*) in this project, for you (.claude/settings.local.json)
                    {"type":"addRules","rules":[{"toolName":"WebSearch"},{"toolName":"Read","ruleContent":"~/x/**"}],"behavior":"allow","destination":"session"}|allow WebSearch, Read(~/x/**) for this session
                    {"type":"addRules","rules":[{"toolName":"Bash"}],"behavior":"allow","destination":"userSettings"}|allow Bash in all your projects there (~/.claude/settings.json)
                    {"type":"setMode","mode":"bypassPermissions","destination":"elsewhere"}|permission mode bypassPermissions (elsewhere)
                    {"pattern":"touch *"}|allow Bash(touch *) until the agent ends
                    """)
    void saysItInWords(String suggestion, String words) throws Exception {
        assertThat(StandingYes.of(request(List.of(JSON.readTree(suggestion)))))
                .containsExactly(words);
    }

    /// A field, a kind or a shape that nobody here knows could mean more than the words would say.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"type":"addRules","rules":[{"toolName":"Bash","sandbox":false}],"behavior":"allow"}
                    {"type":"addRules","rules":[],"behavior":"allow"}
                    {"type":"addRules","rules":[{"toolName":"Bash"}],"behavior":"always"}
                    {"type":"addRules","rules":[{"toolName":"Bash"}],"behavior":"allow","hosts":["*"]}
                    {"type":"setMode","mode":["a"],"destination":"session"}
                    {"type":"replaceRules","rules":[{"toolName":"Bash"}],"behavior":"allow"}
                    {"pattern":"touch *","directory":"/"}
                    {}
                    "allow all"
                    """)
    void showsAllOfWhatItDoesNotKnow(String suggestion) throws Exception {
        assertThat(StandingYes.of(request(List.of(JSON.readTree(suggestion)))))
                .containsExactly(suggestion);
    }

    private static Request request(List<JsonNode> suggestions) {
        return new Request(
                "0123456789abcdef",
                Request.Kind.APPROVAL,
                "Bash",
                "",
                null,
                "",
                suggestions,
                null,
                Instant.EPOCH);
    }
}
