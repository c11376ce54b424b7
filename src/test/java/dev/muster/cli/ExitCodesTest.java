package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Problem;
import dev.muster.cli.CliRun.Result;
import dev.muster.testing.OwnPort;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodesTest extends WithFakeService {
    @ParameterizedTest
    @CsvSource({
        "FAILED, 1",
        "CONFLICT, 1",
        "USAGE, 2",
        "NOT_FOUND, 3",
        "WOULD_LOSE, 4",
        "UNREACHABLE, 5",
        "UNKNOWN, 5",
        "NOT_ALLOWED, 6"
    })
    void eachProblemHasItsStatusAndItsSentence(Problem.Code code, int status) {
        service.problem("GET sessions/s/log", Rows.problem(code, 400, "It went so", "a", "b"));

        Result result = cli.run("log", "s");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err()).isEqualTo("muster: It went so\n  - a\n  - b\n");
    }

    @Test
    void aProblemNamesHostStepOutputAndFix() {
        service.problem(
                "GET sessions/s/log",
                new Problem(
                        "about:blank",
                        "No",
                        500,
                        "git worktree add failed",
                        Problem.Code.FAILED,
                        "free some space",
                        "dev-1",
                        "worktree",
                        "fatal: no space\u001b[31m\n\nleft\n",
                        List.of(),
                        null));

        Result result = cli.run("log", "s", "--json");

        assertThat(result.err())
                .isEqualTo(
                        """
                        muster: dev-1: git worktree add failed
                          | fatal: no space\\e[31m
                          |\s
                          | left
                          fix: free some space
                        """);
        assertThat(result.out()).contains("\"code\":\"FAILED\"").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "status --nonsense",
                "start",
                "start dev-1",
                "start dev-1:api --env NOVALUE",
                "peek s -n x",
                "peek s -n -1",
                "log",
                "send s",
                "completion tcsh",
                "--server ftp://x status",
                "--server http://example.com:7717 status",
                "--no-color",
                ""
            })
    void whatMakesNoSenseIsUsage(String line) {
        Result result = cli.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isNotBlank();
    }

    @Test
    void aWordThatIsNoCommandIsAnsweredWithTheNearest() {
        assertThat(cli.run("statsu").err()).contains("status");
    }

    @Test
    void noServiceIsSeven() throws IOException {
        service.close();

        Result result = cli.run("status", "--no-start");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.err())
                .isEqualTo(
                        "muster: No service answers at %s\n  fix: start it with: muster serve\n"
                                .formatted(service.uri()));
    }

    @Test
    void aServiceThatWasNamedIsNeverStarted() throws IOException {
        URI nowhere = free();

        assertThat(cli.run("status", "--server", nowhere.toString()).status()).isEqualTo(7);
        cli.env.put("MUSTER_SERVER", nowhere.toString());
        assertThat(cli.run("status").status()).isEqualTo(7);
    }

    @Test
    void aServiceThatRefusesOurTokenIsSix() {
        service.on("GET service", e -> FakeService.send(e, 401, "text/plain", ""));

        Result result = cli.run("status");

        assertThat(result.status()).isEqualTo(6);
        assertThat(result.err()).contains("does not accept our token").contains("token");
    }

    @Test
    void somethingElseOnThePortIsSaidSo() {
        service.on("GET service", e -> FakeService.send(e, 200, "text/html", "<html>"));

        Result result = cli.run("status");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("something else").contains("muster version");
    }

    @Test
    void aBrokenConnectionIsSevenAndNotProbably() {
        service.on("POST sessions/s/stop", e -> e.close());

        assertThat(cli.run("stop", "s").status()).isEqualTo(7);
    }

    @Test
    void helpIsNoError() {
        assertThat(cli.run("--help").out()).contains("stop-service").contains("Exit status");
        assertThat(cli.run("start", "--help").status()).isZero();
        assertThat(cli.run("hosts", "trust", "--help").out()).contains("muster hosts trust");
    }

    static URI free() throws IOException {
        return URI.create("http://127.0.0.1:" + OwnPort.take());
    }
}
