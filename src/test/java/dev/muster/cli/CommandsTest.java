package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Diff;
import dev.muster.api.DoctorReport;
import dev.muster.api.HostKey;
import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.api.PromptRequest;
import dev.muster.api.Screen;
import dev.muster.api.SessionRow;
import dev.muster.api.TrustRequest;
import dev.muster.api.Ulid;
import dev.muster.api.UnlockRequest;
import dev.muster.api.UsageReport;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest extends WithFakeService {
    @Test
    void sendsTheTokenOfItsFile() {
        service.json("GET board", 200, Rows.board(List.of(), List.of()));

        cli.run("status");

        assertThat(service.asked)
                .allSatisfy(a -> assertThat(a.authorization()).isEqualTo("Bearer the-token"));
    }

    @Test
    void asksForTheNamedHostsRangesAndGroupsOnly() {
        service.json(
                "GET board?what=dev-1..4&what=%40backend&what=a%20b",
                200, Rows.board(List.of(), List.of()));

        Result result = cli.run("status", "dev-1..4", "@backend", "a b");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("No sessions.");
    }

    @Test
    void printsTheServicesOwnDocumentAsJsonButNothingThatATerminalObeys() throws IOException {
        String document = "{\"detail\":\"\u202eevil\u009b31m é\",\"new\":[1, 2]}";
        service.json("GET board", 200, document);

        Result result = cli.run("status", "--json");

        assertThat(result.out())
                .isEqualTo("{\"detail\":\"\\u202eevil\\u009b31m é\",\"new\":[1, 2]}\n");
        assertThat(Json.read(result.out(), Object.class))
                .isEqualTo(Json.read(document, Object.class));
    }

    @Test
    void showsWhatWasUsedAsItIsAskedTo() {
        UsageReport.Row row = new UsageReport.Row("max", 2, 1.5, 10, 20, 3, 4);
        UsageReport report = new UsageReport("2026-11-01", "account", List.of(row), row);
        service.json("GET usage?since=2026-11-01&by=account", 200, report);
        service.json("GET usage?since=7d&by=day", 200, report);

        Result result = cli.run("usage", "--since", "2026-11-01", "--by", "account");

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().toList().get(1))
                .isEqualTo("max             2  $1.50  10   20  +3 -4");
        assertThat(cli.run("usage", "--json").out()).contains("\"costUsd\":1.5");
    }

    @Test
    void stopsEachOfSeveralAndFailsAsTheFirstThatFailed() {
        service.json("POST sessions/one/stop", 200, new Outcome("one is stopped", List.of()));
        service.problem(
                "POST sessions/two/stop",
                Rows.problem(Problem.Code.NOT_FOUND, 404, "There is no session `two`"));
        service.json(
                "POST sessions/dev-1%2Fthree/stop",
                200, new Outcome("three is stopped", List.of("its worktree stays")));

        Result result = cli.run("stop", "one", "two", "dev-1/three");

        assertThat(result.out())
                .isEqualTo("one is stopped\nthree is stopped\n  its worktree stays\n");
        assertThat(result.err()).isEqualTo("muster: There is no session `two`\n");
        assertThat(result.status()).isEqualTo(3);
    }

    @Test
    void saysWhatRemovalWouldLoseAndHowToGoOn() {
        service.problem(
                "DELETE sessions/api",
                Rows.problem(
                        Problem.Code.WOULD_LOSE,
                        409,
                        "Removing api would lose work",
                        "2 uncommitted files: a.txt, b\u001b[2J",
                        "1 commit on no remote"));

        Result result = cli.run("rm", "api");

        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err())
                .isEqualTo(
                        """
                        muster: Removing api would lose work
                          - 2 uncommitted files: a.txt, b\\e[2J
                          - 1 commit on no remote
                          fix: commit and push it (muster shell api), or save it aside and remove: \
                        muster rm --force api
                        """);
    }

    @Test
    void removesByForce() {
        service.json(
                "DELETE sessions/api?force=true",
                200,
                new Outcome("api is removed", List.of("saved as refs/muster/rescue/01K")));

        assertThat(cli.run("rm", "api", "--force").out())
                .isEqualTo("api is removed\n  saved as refs/muster/rescue/01K\n");
    }

    @Test
    void sendsATextByteForByte() throws IOException {
        service.json("POST sessions/api/prompts", 200, new Outcome("sent", List.of()));
        String text = "!do 'this' \\n \"$HOME\" `id` ${env:PATH} @file\n\tü 👩‍💻\n";

        cli.run("send", "api", text);

        PromptRequest sent =
                Json.read(service.body("POST sessions/api/prompts"), PromptRequest.class);
        assertThat(sent.text()).isEqualTo(text);
        assertThat(Ulid.isValid(sent.id())).isTrue();
        assertThat(sent.raw()).isFalse();
    }

    @Test
    void sendsWhatStandsAfterTwoDashesThoughItLooksLikeAnOption() throws IOException {
        service.json("POST sessions/api/prompts", 200, new Outcome("sent", List.of()));

        assertThat(cli.run("send", "api", "--", "--json", "-f").status()).isZero();

        assertThat(Json.read(service.body("POST sessions/api/prompts"), PromptRequest.class).text())
                .isEqualTo("--json -f");
    }

    @Test
    void sendsAFileAndStandardInput() throws IOException {
        service.json("POST sessions/api/prompts", 200, new Outcome("sent", List.of()));
        Path file = Files.writeString(home.resolve("p.txt"), "from a file\n");

        cli.run("send", "api", "-f", file.toString());
        assertThat(service.body("POST sessions/api/prompts")).contains("from a file\\n");

        cli.typing("from stdin\r\n").run("send", "api", "-");
        assertThat(service.body("POST sessions/api/prompts")).contains("from stdin\\r\\n");
    }

    @Test
    void refusesATextThatIsNotUtf8() throws IOException {
        Path file = Files.write(home.resolve("p.txt"), new byte[] {'a', (byte) 0xff});

        Result result = cli.run("send", "api", "-f", file.toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("p.txt is not UTF-8");
    }

    @Test
    void sendsAPromptAgainUnderTheSameIdWhenTheAnswerGotLost() {
        service.on(
                "POST sessions/api/prompts",
                exchange -> {
                    if (service.asked.stream().filter(a -> a.method().equals("POST")).count() < 3) {
                        exchange.close();
                    } else {
                        FakeService.send(
                                exchange,
                                200,
                                "application/json",
                                "{\"text\":\"ok\",\"notes\":[]}");
                    }
                });

        Result result = cli.run("send", "api", "hello");

        assertThat(result.out()).isEqualTo("ok\n");
        assertThat(
                        service.asked.stream()
                                .filter(a -> a.method().equals("POST"))
                                .map(FakeService.Asked::body)
                                .distinct())
                .hasSize(1);
    }

    @Test
    void printsTheScreenWithoutItsPowerOverTheTerminal() {
        service.json(
                "GET sessions/api/screen?lines=5",
                200,
                new Screen(Rows.NOW, "$ ls\n\ta\u001b]0;x\u0007\n\n\n"));

        assertThat(cli.run("peek", "api", "-n", "5").out()).isEqualTo("$ ls\n\ta\\e]0;x\\x07\n");
    }

    /// The service answers with the screen and as many lines above it.
    @Test
    void printsAsManyOfTheLastLinesAsWereAskedFor() {
        service.json(
                "GET sessions/api/screen?lines=2", 200, new Screen(Rows.NOW, "1\n2\n3\n4\n\n"));
        service.json("GET sessions/api/screen", 200, new Screen(Rows.NOW, "1\n2\n3\n4\n\n"));

        assertThat(cli.run("peek", "api", "-n", "2").out()).isEqualTo("3\n4\n");
        assertThat(cli.run("peek", "api").out()).isEqualTo("1\n2\n3\n4\n");
    }

    @Test
    void printsThePatchEscapedAndColouredOnATerminalOnly() {
        Diff diff = new Diff("abc", List.of(), "@@ -1 +1 @@\n-a\r\n+\u001b[31mb\n", true);
        service.json("GET sessions/api/diff?stat=false", 200, diff);

        Result plain = cli.run("diff", "api");
        assertThat(plain.out()).isEqualTo("@@ -1 +1 @@\n-a\n+\\e[31mb\n");
        assertThat(plain.err()).contains("cut here");
        assertThat(cli.onTerminal().run("diff", "api").out())
                .contains("\u001b[32m+\\e[31mb\u001b[0m");
        assertThat(cli.run("diff", "api", "--no-color").out()).doesNotContain("\u001b");
        cli.env.put("NO_COLOR", "1");
        assertThat(cli.run("diff", "api").out()).doesNotContain("\u001b");
    }

    @Test
    void listsWhatChangedWithStat() {
        service.json(
                "GET sessions/api/diff?stat=true",
                200,
                new Diff(
                        "abc1234",
                        List.of(
                                new Diff.FileChange("src/A.java", "src/A.java", "M", 10, 2, true),
                                new Diff.FileChange("logo.png", "logo.png", "?", -1, -1, false)),
                        "",
                        false));

        assertThat(cli.run("diff", "api", "--stat").out())
                .isEqualTo(
                        """
                           FILE             +       -
                        M  src/A.java      10       2
                        ?  logo.png    binary  binary  not committed
                        2 files against abc1234, +10 -2
                        """);
    }

    @Test
    void trustsTheKeyThatAPersonSaw() throws IOException {
        service.json("GET hosts/dev-1/key", 200, key("unknown"));
        service.json("POST hosts/dev-1/trust", 200, new Outcome("trusted", List.of()));

        Result result = cli.onTerminal().typing("yes\n").run("hosts", "trust", "dev-1");

        assertThat(result.err()).contains("ssh-ed25519 SHA256:AAA");
        assertThat(Json.read(service.body("POST hosts/dev-1/trust"), TrustRequest.class))
                .isEqualTo(new TrustRequest("SHA256:AAA"));
        assertThat(result.status()).isZero();
    }

    @Test
    void trustsNothingWithoutAPersonOrTheRightFingerprint() {
        service.json("GET hosts/dev-1/key", 200, key("unknown"));
        service.json("POST hosts/dev-1/trust", 200, new Outcome("trusted", List.of()));

        assertThat(cli.run("hosts", "trust", "dev-1").status()).isEqualTo(6);
        assertThat(cli.run("hosts", "trust", "dev-1", "--fingerprint", "SHA256:B").status())
                .isEqualTo(6);
        assertThat(cli.run("hosts", "trust", "dev-1", "--fingerprint", "SHA256:AAA").status())
                .isZero();
        assertThat(cli.onTerminal().typing("no\n").run("hosts", "trust", "dev-1").status())
                .isEqualTo(6);
    }

    @Test
    void replacesAChangedKeyOnlyWhenToldToInSoManyLetters() {
        service.json("GET hosts/dev-1/key", 200, key("changed"));
        service.json("POST hosts/dev-1/trust", 200, new Outcome("trusted", List.of()));

        Result hasty = cli.onTerminal().typing("yes\n").run("hosts", "trust", "dev-1");
        assertThat(hasty.status()).isEqualTo(6);
        assertThat(hasty.err()).contains("It is NOT the one that is known");
        assertThat(cli.typing("replace\n").run("hosts", "trust", "dev-1").status()).isZero();
    }

    private static HostKey key(String state) {
        return new HostKey(
                "dev-1",
                "[dev-1]:22",
                state,
                List.of("ssh-ed25519 SHA256:AAA"),
                List.of("ssh-ed25519 SHA256:OLD"),
                "~/.ssh/known_hosts:3");
    }

    @Test
    void givesASecretFromStandardInputAndNeverShowsIt() throws IOException {
        service.json("GET hosts/dev-1/lock", 200, new HostLock("dev-1", "offline", null, ""));
        service.json("POST hosts/dev-1/unlock", 200, new Outcome("unlocked", List.of()));

        Result result = cli.typing("s3cret\n").run("unlock", "dev-1", "--password");

        assertThat(Json.read(service.body("POST hosts/dev-1/unlock"), UnlockRequest.class))
                .isEqualTo(new UnlockRequest("password", "s3cret"));
        assertThat(result.out() + result.err()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"password, password", "passphrase, passphrase", ", passphrase"})
    void givesTheSecretThatTheHostWaitsFor(String waitsFor, String given) throws IOException {
        service.json("GET hosts/dev-1/lock", 200, new HostLock("dev-1", "locked", waitsFor, "why"));
        service.json("POST hosts/dev-1/unlock", 200, new Outcome("unlocked", List.of()));

        cli.typing("s3cret\n").run("unlock", "dev-1");

        assertThat(Json.read(service.body("POST hosts/dev-1/unlock"), UnlockRequest.class).kind())
                .isEqualTo(given);
    }

    @Test
    void tellsEachHostsHealthAndFailsWhereSomethingIsMissing() {
        service.json(
                "GET board",
                200,
                Rows.board(
                        List.of(
                                Rows.host("dev-1", "online", null, 0),
                                Rows.host("dev-2", "offline", "gone", 0)),
                        List.of()));
        service.json(
                "GET hosts/dev-1/doctor",
                200,
                new DoctorReport(
                        "dev-1",
                        Rows.NOW,
                        List.of(
                                new DoctorReport.Check("git", "ok", "2.39.5", null),
                                new DoctorReport.Check(
                                        "tmux", "missing", "not in PATH", "apt install tmux"))));
        service.problem(
                "GET hosts/dev-2/doctor",
                Rows.problem(Problem.Code.UNREACHABLE, 503, "dev-2 does not answer"));

        Result result = cli.run("doctor");

        assertThat(result.out())
                .isEqualTo(
                        """
                        dev-1
                          ok      git           2.39.5
                          missing tmux          not in PATH
                                    fix: apt install tmux
                        """);
        assertThat(result.err()).isEqualTo("muster: dev-2 does not answer\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void breaksWhatIsTooLongForTheScreenBetweenWords() {
        service.json(
                "GET board",
                200,
                Rows.board(List.of(Rows.host("dev-1", "online", null, 0)), List.of()));
        service.json(
                "GET hosts/dev-1/doctor",
                200,
                new DoctorReport(
                        "dev-1",
                        Rows.NOW,
                        List.of(
                                new DoctorReport.Check(
                                        "kill-user-processes",
                                        "warning",
                                        "logind ends what a user left running when the last session"
                                                + " is over",
                                        "loginctl enable-linger, or KillUserProcesses=no in"
                                                + " /etc/systemd/logind.conf of that machine"))));

        assertThat(cli.run("doctor").out())
                .isEqualTo(
                        """
                        dev-1
                          warning kill-user-processes logind ends what a user left running when the last
                                                session is over
                                    fix: loginctl enable-linger, or KillUserProcesses=no in
                                         /etc/systemd/logind.conf of that machine
                        """);
    }

    @Test
    void listsHostsWithWhatIsWrongAndHowToMendIt() {
        service.json(
                "GET board",
                200,
                Rows.board(
                        List.of(
                                Rows.host("dev-1", "online", null, 3),
                                Rows.host("dev-2", "host-key-unknown", "a new key", 0)),
                        List.of()));

        assertThat(cli.run("hosts").out()).contains("fix: muster hosts trust dev-2");
        assertThat(cli.run("hosts", "--json").out()).startsWith("[{\"name\":\"dev-1\"");
    }

    @Test
    void tellsTheTimelineOnceAcrossALostConnectionAndEndsWithTheSession() {
        SessionRow running = Rows.session("api", "dev-1", "working", Duration.ZERO);
        SessionRow ended = Rows.session("api", "dev-1", "finished", Duration.ZERO);
        service.events(
                "GET sessions/api/events?after=0",
                "session",
                running,
                "entry",
                Rows.entry(1, "asked", null, "asked for", null),
                "entry",
                Rows.entry(2, "step", "worktree", "made", "one\ntwo"));
        service.events(
                "GET sessions/api/events?after=2",
                "entry",
                Rows.entry(2, "step", "worktree", "made", null),
                "session",
                ended);
        service.json(
                "GET sessions/api/log",
                200,
                List.of(
                        Rows.entry(2, "step", "worktree", "made", null),
                        Rows.entry(3, "exited", null, "with 0", null)));

        String out = cli.run("log", "-f", "api").out();

        assertThat(out.lines().map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d ", "T ")))
                .filteredOn(line -> !line.startsWith("--"))
                .containsExactly(
                        "T asked    asked for",
                        "T step     worktree: made",
                        "         | one",
                        "         | two",
                        "T exited   with 0");
    }

    @Test
    void forgetsAndResumesAndInterrupts() {
        service.json("DELETE hosts/dev-9", 200, new Outcome("forgotten", List.of()));
        service.json("POST sessions/a/resume", 200, new Outcome("resumed", List.of()));
        service.json("POST sessions/a/interrupt", 200, new Outcome("interrupted", List.of()));

        assertThat(cli.run("forget", "dev-9").out()).isEqualTo("forgotten\n");
        assertThat(cli.run("resume", "a").out()).isEqualTo("resumed\n");
        assertThat(cli.run("interrupt", "a", "--quiet").out()).isEmpty();
        assertThat(cli.run("interrupt", "a", "--json").out())
                .isEqualTo("{\"text\":\"interrupted\",\"notes\":[]}\n");
    }

    @Test
    void attachesToNothingWithoutATerminal() {
        Result result = cli.run("attach", "api");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("no terminal").contains("muster peek api");
    }
}
