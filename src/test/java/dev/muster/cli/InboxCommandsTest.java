package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.AnswerRequest;
import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.api.RequestRow;
import dev.muster.api.Ulid;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboxCommandsTest extends WithFakeService {
    private static final String FIRST = "0123456789abcdef";
    private static final String SECOND = "0123aaaaaaaaaaaa";

    @Test
    void showsExactlyWhatIsAskedAndNothingThatATerminalObeys() throws Exception {
        service.json(
                "GET requests",
                200,
                List.of(
                        row(
                                FIRST,
                                "approval",
                                "{\"command\":\"cat <<E\\n\\u001b[31mx\\u202e\\tend\\nE\","
                                        + "\"timeout\":5}"),
                        row(
                                SECOND,
                                "question",
                                "{\"questions\":[{\"question\":\"Which?\",\"options\":["
                                        + "{\"label\":\"Red\",\"description\":\"warm\"}]}]}")));

        Result result = cli.run("inbox");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("01234  dev-1/api wants to use Bash, ")
                .contains("  command:\n    cat <<E\n    \\e[31mx<U+202E>\\tend\n    E\n")
                .contains("  timeout:\n    5\n")
                .contains("muster approve 01234 [--always]   muster deny 01234 [-m REASON]")
                .contains("0123a  dev-1/api asks, ")
                .contains("    Which?\n      1  Red: warm\n")
                .endsWith("2 requests to answer\n");
    }

    @Test
    void saysWhereADialogIsAnsweredThatSomebodyStartedByHand() throws Exception {
        RequestRow row = row(FIRST, "screen", "null", "/srv/\u001bapi, process 42");
        service.json("GET requests", 200, List.of(row));

        assertThat(cli.run("inbox").out())
                .contains("dev-1/api shows a dialog, ")
                .contains(
                        "    started by hand, and answered there: dev-1, /srv/\\eapi, process 42\n")
                .contains("  muster adopt --stop dev-1/api\n")
                .doesNotContain("attach");
    }

    @Test
    void namesTheScreenThatADialogWaitsOn() throws Exception {
        service.json("GET requests", 200, List.of(row(FIRST, "screen", "null")));

        assertThat(cli.run("inbox").out())
                .contains("dev-1/api shows a dialog, ")
                .contains("  muster attach dev-1/api\n")
                .doesNotContain("approve", "deny", "answer ");
    }

    @Test
    void answersTheRequestThatABeginningMeansByItsWholeId() throws Exception {
        service.json("GET requests/0123", 200, row(FIRST, "approval", "{}"));
        service.json("POST requests/" + FIRST + "/answer", 200, new Outcome("allowed", List.of()));

        assertThat(cli.run("approve", "0123", "--always").out()).isEqualTo("allowed\n");
        AnswerRequest allow = sent();
        assertThat(allow.decision()).isEqualTo("allow");
        assertThat(allow.always()).isTrue();
        assertThat(Ulid.isValid(allow.id())).isTrue();

        cli.run("deny", "0123", "-m", "use pnpm", "--interrupt");
        assertThat(sent().decision()).isEqualTo("deny");
        assertThat(sent().reason()).isEqualTo("use pnpm");
        assertThat(sent().interrupt()).isTrue();

        cli.run("answer", "0123", "Red", "2");
        assertThat(sent().decision()).isEqualTo("choose");
        assertThat(sent().choices()).containsExactly("Red", "2");
    }

    @Test
    void saysWhoWasFasterAndGoesOnWithTheOthers() throws Exception {
        service.problem(
                "GET requests/0123",
                Problem.of(
                        "It clashes", 409, Problem.Code.CONFLICT, "0123 was allowed by bob", null));
        service.json("GET requests/4567", 200, row(FIRST, "approval", "{}"));
        service.json("POST requests/" + FIRST + "/answer", 200, new Outcome("denied", List.of()));

        Result result = cli.run("deny", "0123", "4567");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("allowed by bob");
        assertThat(result.out()).isEqualTo("denied\n");
    }

    private AnswerRequest sent() throws Exception {
        return Json.read(service.body("POST requests/" + FIRST + "/answer"), AnswerRequest.class);
    }

    private static RequestRow row(String id, String kind, String input) throws Exception {
        return row(id, kind, input, null);
    }

    private static RequestRow row(String id, String kind, String input, @Nullable String byHand)
            throws Exception {
        return new RequestRow(
                id,
                "01K00000000000000000000000",
                "api",
                "dev-1",
                kind,
                "Bash",
                "a summary",
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(input),
                false,
                true,
                List.of("allow Bash(npm test *) for this session"),
                null,
                byHand,
                Instant.now());
    }
}
