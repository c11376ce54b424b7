package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Problem;
import dev.muster.api.SessionRow;
import dev.muster.api.StartRequest;
import dev.muster.api.Ulid;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCommandTest extends WithFakeService {
    private static SessionRow in(String state) {
        return Rows.session("fix", "dev-1", state, Duration.ZERO);
    }

    private static String path(String below) {
        return "sessions/" + in("working").id() + below;
    }

    private StartRequest asked() throws IOException {
        return Json.read(service.body("POST sessions"), StartRequest.class);
    }

    @Test
    void asksForWhatWasTyped() throws IOException {
        service.json("POST sessions", 202, in("working"));

        Result result =
                cli.run(
                        "start",
                        "dev-1:api",
                        "-n",
                        "fix",
                        "-b",
                        "b",
                        "--base",
                        "v1",
                        "--agent",
                        "codex",
                        "--model",
                        "m",
                        "--account",
                        "max",
                        "--env",
                        "A=x=y",
                        "--env",
                        "B=",
                        "--label",
                        "team=core",
                        "--arg",
                        "--flag",
                        "--no-worktree",
                        "do",
                        "this  now");

        assertThat(result.status()).isZero();
        StartRequest request = asked();
        assertThat(Ulid.isValid(request.id())).isTrue();
        assertThat(request)
                .isEqualTo(
                        new StartRequest(
                                request.id(),
                                "dev-1",
                                "api",
                                "fix",
                                "b",
                                "v1",
                                "codex",
                                "m",
                                "max",
                                Map.of("A", "x=y", "B", ""),
                                Map.of("team", "core"),
                                List.of("--flag"),
                                false,
                                "do this  now",
                                null));
    }

    @Test
    void asksForNothingThatWasNotTyped() throws IOException {
        service.json("POST sessions", 202, in("working"));

        cli.run("start", "dev-1:api");

        assertThat(asked())
                .isEqualTo(
                        new StartRequest(
                                asked().id(),
                                "dev-1",
                                "api",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of(),
                                Map.of(),
                                List.of(),
                                true,
                                null,
                                null));
    }

    @Test
    void readsThePromptFromStandardInput() throws IOException {
        service.json("POST sessions", 202, in("working"));

        cli.typing("line 1\nline 2\n").run("start", "dev-1:api", "-");

        assertThat(asked().prompt()).isEqualTo("line 1\nline 2\n");
    }

    @Test
    void returnsWhenTheAgentRunsAndSaysHowToGoOn() {
        service.json("POST sessions", 202, in("preparing"));
        service.events(
                "GET " + path("/events?after=0"),
                "session",
                in("preparing"),
                "entry",
                Rows.entry(1, "step", "worktree", "git worktree add", null),
                "session",
                in("working"));

        assertThat(cli.run("start", "dev-1:api", "go").out())
                .isEqualTo(
                        """
                        fix on dev-1, branch muster/fix, in /srv/api.worktrees/fix
                          muster attach fix   muster log -f fix
                        """);
    }

    @Test
    void rewritesOneLineOfProgressOnATerminal() {
        service.json("POST sessions", 202, in("preparing"));
        service.events(
                "GET " + path("/events?after=0"),
                "entry",
                Rows.entry(1, "step", "worktree", "git\nworktree add", null),
                "entry",
                Rows.entry(2, "step", "setup", "npm ci", null),
                "session",
                in("working"));

        assertThat(cli.onTerminal().run("start", "dev-1:api", "go").err())
                .isEqualTo(
                        "\rworktree: git\\nworktree add\u001b[K\rsetup: npm ci\u001b[K\r\u001b[K");
    }

    @Test
    void sendsTheRequestAgainUnderTheSameIdWhenTheAnswerGotLost() {
        service.on(
                "POST sessions",
                exchange -> {
                    if (service.asked.stream().filter(a -> a.method().equals("POST")).count() < 2) {
                        exchange.close();
                    } else {
                        FakeService.send(
                                exchange, 200, "application/json", Json.write(in("working")));
                    }
                });

        Result result = cli.run("start", "dev-1:api", "--quiet");

        assertThat(result.out()).isEqualTo(in("working").id() + "\n");
        assertThat(
                        service.asked.stream()
                                .filter(a -> a.method().equals("POST"))
                                .map(FakeService.Asked::body)
                                .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 1", "USAGE, 2", "NOT_FOUND, 3", "WOULD_LOSE, 4", "NOT_ALLOWED, 6"})
    void saysOnWhichStepItFailedWithTheRemoteOutput(Problem.Code code, int status) {
        service.json("POST sessions", 202, in("preparing"));
        service.events("GET " + path("/events?after=0"), "session", in("failed"));
        Problem problem =
                new Problem(
                        "about:blank",
                        "No",
                        502,
                        "npm ci ended with 1",
                        code,
                        "install npm",
                        "dev-1",
                        "setup",
                        "ENOENT\u001b[0m",
                        List.of(),
                        null);
        service.json(
                "GET " + path("/log"),
                200,
                List.of(
                        Rows.entry(1, "step", "worktree", "made", null),
                        Rows.entry(2, "failed", "setup", "npm ci ended with 1", "").with(problem),
                        Rows.entry(3, "state", null, "failed", null)));

        Result result = cli.run("start", "dev-1:api", "go");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err())
                .isEqualTo(
                        """
                        muster: dev-1: setup: npm ci ended with 1
                          | ENOENT\\e[0m
                          fix: install npm (what is left of this one goes with: muster rm fix)
                        """);
    }

    @Test
    void doesNotWaitForAHostThatIsGone() {
        service.json("POST sessions", 202, in("preparing"));
        service.events(
                "GET " + path("/events?after=0"),
                "session",
                Rows.stale(in("preparing"), Duration.ZERO));

        Result result = cli.run("start", "dev-1:api", "go");

        assertThat(result.status()).isEqualTo(ExitCode.UNREACHABLE.status());
        assertThat(result.err())
                .contains("dev-1 can't be reached now; fix was preparing")
                .contains("muster log -f fix");
    }

    @Test
    void saysThatSomebodyStoppedItMeanwhile() {
        service.json("POST sessions", 202, in("preparing"));
        service.events("GET " + path("/events?after=0"), "session", in("stopped"));
        service.json("GET " + path("/log"), 200, List.of());

        Result result = cli.run("start", "dev-1:api", "go");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("fix is stopped").contains("muster rm fix");
    }

    @Test
    void saysThatAnAgentEndedAtOnce() {
        service.json("POST sessions", 202, Rows.exited(in("failed"), 127));

        Result result = cli.run("start", "dev-1:api", "go");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("fix started and has ended already, exit status 127");
    }

    @Test
    void saysWhichDialogTheAgentStandsBefore() {
        service.json(
                "POST sessions",
                202,
                Rows.doing(in("blocked"), "it asks whether to trust /r", null));

        Result result = cli.run("start", "dev-1:api", "go");

        assertThat(result.status()).isEqualTo(6);
        assertThat(result.err())
                .contains("fix runs, but stands before a dialog: it asks whether to trust /r")
                .contains("muster attach fix");
    }

    @Test
    void anAgentThatIsDoneAtOnceIsStarted() {
        service.json("POST sessions", 202, Rows.exited(in("finished"), 0));

        assertThat(cli.run("start", "dev-1:api", "go").status()).isZero();
    }

    @Test
    void aNameThatIsTakenIsRefusedWithTheServicesOwnWords() {
        service.problem(
                "POST sessions",
                Rows.problem(Problem.Code.CONFLICT, 409, "dev-1 has a session `fix` already"));

        Result result = cli.run("start", "dev-1:api", "-n", "fix");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("muster: dev-1 has a session `fix` already\n");
    }
}
