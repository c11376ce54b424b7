package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Request;
import dev.muster.api.Ulid;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.host.Rules;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests of a scripted agent on a real OpenSSH server, answered.
class InboxIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    private interface Body {
        void run(Setting setting) throws Exception;
    }

    private record Setting(
            TestSshd sshd, TestFleet fleet, Inbox inbox, SessionId id, Path worktree) {
        Waiting waiting(String command) {
            Awaitility.await(command + " waits").until(() -> find(command).isPresent());
            return find(command).orElseThrow();
        }

        Optional<Waiting> find(String summary) {
            return inbox.waiting().stream()
                    .filter(w -> w.request().summary().equals(summary))
                    .findFirst();
        }

        String answer(Waiting waiting, Meant meant) throws Exception {
            return inbox.answer(waiting.request().id(), Ulid.next(), meant, "ann").sentence();
        }

        /// When a request was settled, as its host wrote it down.
        Instant settled(Waiting waiting) {
            return fleet.fleet().memory().said(id, waiting.request().id()).stream()
                    .map(one -> (SessionEvent.Said) one.event())
                    .filter(said -> said.what() instanceof AgentEvent.Settled)
                    .map(SessionEvent.Said::at)
                    .findFirst()
                    .orElseThrow();
        }

        void says(AgentEvent event) {
            fleet.fleet()
                    .keeper("dev-1")
                    .orElseThrow()
                    .ledger()
                    .note(id, new SessionEvent.Said(Instant.now(), 1, event));
        }
    }

    private void with(Rules rules, Body body) throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestFleet fleet =
                        TestFleet.in(folder)
                                .agent(FakeClaude.in(folder))
                                .rules(rules)
                                .ssh("dev-1", sshd)
                                .start()) {
            Inbox inbox = new Inbox(fleet.fleet());
            try (InboxKeeper keeper = new InboxKeeper(fleet.fleet(), inbox)) {
                keeper.start();
                fleet.awaitOnline("dev-1");
                SessionId id = fleet.start("dev-1", "api", "one", "", "");
                Awaitility.await()
                        .until(
                                () ->
                                        fleet.session(id).state().lifecycle()
                                                == State.Lifecycle.RUNNING);
                body.run(new Setting(sshd, fleet, inbox, id, fleet.worktree(id)));
                Files.createFile(fleet.worktree(id).resolve("stop"));
            }
        }
    }

    @Test
    void showsExactlyWhatIsAskedAndTellsTheAgentWhatWasDecided() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "printf 'x\\\\n' \\\"$HOME\\\"\\n\\trm é");
                    Waiting one = s.waiting("printf 'x\\n' \"$HOME\"\n\trm é");
                    assertThat(s.fleet().session(s.id()).state())
                            .isInstanceOf(State.NeedsApproval.class);
                    assertThat(s.answer(one, new Meant.Allow(false))).startsWith("allowed in one");
                    assertThat(FakeClaude.told(s.worktree(), "a"))
                            .contains("\"behavior\":\"allow\"");
                    Awaitility.await().until(() -> s.inbox().waiting().isEmpty());

                    FakeClaude.bash(s.worktree(), "b", "ls");
                    s.answer(s.waiting("ls"), new Meant.Deny("use \"pnpm\"", false));
                    assertThat(FakeClaude.told(s.worktree(), "b"))
                            .contains("\"behavior\":\"deny\"")
                            .contains("use \\\"pnpm\\\"");
                });
    }

    @Test
    void refusesASecondAnswerWithWhoWasFaster() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "ls");
                    Waiting one = s.waiting("ls");
                    String token = Ulid.next();
                    String id = one.request().id();
                    s.inbox().answer(id, token, new Meant.Allow(false), "ann");
                    assertThatThrownBy(
                                    () ->
                                            s.inbox()
                                                    .answer(
                                                            id,
                                                            Ulid.next(),
                                                            new Meant.Deny(null, false),
                                                            "bob"))
                            .isInstanceOfSatisfying(
                                    Refused.class,
                                    refused -> {
                                        assertThat(refused.kind()).isEqualTo(Refused.Kind.CONFLICT);
                                        assertThat(refused.sentence())
                                                .contains("allowed by ann at 20");
                                    });
                    assertThat(s.inbox().answer(id, token, new Meant.Allow(false), "ann").kept())
                            .isFalse();
                    assertThatThrownBy(() -> s.inbox().one("0123"))
                            .hasMessageContaining("no request");
                });
    }

    @Test
    void remembersWhenItWasAnsweredAndNotWhenItWasAsked() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "ls");
                    FakeClaude.bash(s.worktree(), "b", "id");
                    Waiting answered = s.waiting("ls");
                    Waiting dismissed = s.waiting("id");
                    // What was written within two seconds is taken as written now.
                    Instant later = dismissed.request().askedAt().plusSeconds(4);
                    Awaitility.await("a time that tells the two apart")
                            .until(() -> Instant.now().isAfter(later));
                    s.answer(answered, new Meant.Allow(false));
                    esc(s, dismissed);
                    Awaitility.await().until(() -> s.inbox().waiting().isEmpty());
                    for (Waiting one : List.of(answered, dismissed)) {
                        Instant told = s.settled(one);
                        assertThat(told).isAfterOrEqualTo(later.minusSeconds(1));
                        assertThatThrownBy(() -> s.inbox().one(one.request().id()))
                                .hasMessageContaining(
                                        " at " + told.truncatedTo(ChronoUnit.SECONDS));
                    }
                });
    }

    @Test
    void keepsAnAnswerForAHostThatIsAwayAndGivesItWhenItIsBack() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "ls");
                    FakeClaude.bash(s.worktree(), "b", "id");
                    Waiting one = s.waiting("ls");
                    Waiting other = s.waiting("id");
                    s.sshd().stop();
                    s.fleet().awaitHost("dev-1", HostState.OFFLINE);
                    assertThat(s.answer(one, new Meant.Allow(false))).contains("kept");
                    assertThat(s.answer(other, new Meant.Allow(false))).contains("kept");
                    assertThatThrownBy(() -> s.answer(one, new Meant.Deny(null, false)))
                            .hasMessageContaining("allowed by ann");
                    // Dismissed on the screen meanwhile.
                    esc(s, other);
                    s.sshd().restart();
                    assertThat(FakeClaude.told(s.worktree(), "a")).contains("allow");
                    assertThat(FakeClaude.told(s.worktree(), "b")).isEmpty();
                    Awaitility.await()
                            .untilAsserted(
                                    () ->
                                            assertThat(
                                                            s.fleet()
                                                                    .fleet()
                                                                    .memory()
                                                                    .answerTo(other.request().id())
                                                                    .orElseThrow()
                                                                    .outcome())
                                                    .contains("dismissed on its own screen"));
                });
    }

    @Test
    void retiresWhatWasAnsweredByHandAndWhatWasDismissed() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "ls");
                    Waiting one = s.waiting("ls");
                    s.says(new AgentEvent.Standing(AgentEvent.Stance.IDLE, null));
                    assertThat(FakeClaude.told(s.worktree(), "a")).isEmpty();
                    assertThatThrownBy(() -> s.answer(one, new Meant.Allow(false)))
                            .hasMessageContaining("answered on its own screen");

                    FakeClaude.bash(s.worktree(), "b", "id");
                    Waiting two = s.waiting("id");
                    esc(s, two);
                    assertThat(FakeClaude.told(s.worktree(), "b")).isEmpty();
                    Awaitility.await().until(() -> s.inbox().waiting().isEmpty());
                    assertThatThrownBy(() -> s.answer(two, new Meant.Allow(false)))
                            .hasMessageContaining("dismissed on its own screen");
                });
    }

    @Test
    void answersAQuestionWithWhatWasChosen() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    FakeClaude.ask(
                            s.worktree(),
                            "q",
                            """
                            {"tool_name":"AskUserQuestion","tool_input":{"questions":[{
                             "question":"Which colour?","multiSelect":false,
                             "options":[{"label":"Red"},{"label":"Blue"}]}]}}
                            """);
                    Waiting one = s.waiting("Which colour?");
                    assertThat(s.fleet().session(s.id()).state())
                            .isInstanceOf(State.NeedsInput.class);
                    assertThatThrownBy(() -> s.answer(one, new Meant.Allow(false)))
                            .hasMessageContaining("asks a question");
                    assertThatThrownBy(
                                    () -> s.answer(one, new Meant.Choose(List.of("green"), false)))
                            .hasMessageContaining("`green` is none of the options");
                    s.answer(one, new Meant.Choose(List.of("blu"), false));
                    assertThat(FakeClaude.told(s.worktree(), "q"))
                            .contains("\"answers\":{\"Which colour?\":\"Blue\"}");
                });
    }

    @Test
    void answersByRuleWhatARuleCoversAndNothingElse() throws Exception {
        Rules rules =
                new Rules(
                        List.of(rule("git push*")), List.of(rule("npm test*"), rule("git push*")));
        with(
                rules,
                s -> {
                    FakeClaude.bash(s.worktree(), "a", "npm test --watch");
                    FakeClaude.bash(s.worktree(), "b", "npm test; rm -rf /");
                    FakeClaude.bash(s.worktree(), "c", "git push -f");
                    assertThat(FakeClaude.told(s.worktree(), "a")).contains("allow");
                    assertThat(FakeClaude.told(s.worktree(), "c"))
                            .contains("deny")
                            .contains("standing rule");
                    Waiting left = s.waiting("npm test; rm -rf /");
                    Awaitility.await().until(() -> s.inbox().waiting().size() == 1);
                    s.answer(left, new Meant.Deny(null, false));
                    Awaitility.await().until(() -> s.inbox().waiting().isEmpty());
                    assertThatThrownBy(() -> s.inbox().one(left.request().id()))
                            .hasMessageContaining("denied by ann");
                    Awaitility.await("each use of a rule is audited")
                            .untilAsserted(
                                    () ->
                                            assertThat(audited(TestFleet.databaseFile(folder)))
                                                    .filteredOn(line -> line.contains("rule"))
                                                    .anyMatch(
                                                            line ->
                                                                    line.contains(
                                                                            "approve dev-1 done"))
                                                    .anyMatch(
                                                            line ->
                                                                    line.contains(
                                                                            "deny dev-1 done"))
                                                    .hasSize(2));
                });
    }

    @Test
    void readsALongRequestWholeAndApprovesNoneThatWasChanged() throws Exception {
        with(
                Rules.NONE,
                s -> {
                    String payload =
                            "{\"tool_name\":\"Write\",\"tool_input\":{\"file_path\":\"/a\",\"content\":\""
                                    + "x".repeat(100_000)
                                    + "\"}}";
                    FakeClaude.ask(s.worktree(), "a", payload);
                    FakeClaude.ask(s.worktree(), "b", payload.replace("/a", "/b"));
                    Awaitility.await().until(() -> s.inbox().waiting().size() == 2);
                    Waiting good = s.inbox().waiting().get(0);
                    Waiting bad = s.inbox().waiting().get(1);
                    assertThat(good.request().input()).isNull();
                    Request whole = s.inbox().whole(good).request();
                    assertThat(whole.input().get("content").asText()).hasSize(100_000);
                    Path file = asks(s, bad).resolve("payload");
                    Files.writeString(
                            file, Files.readString(file).replace("_path\":\"/", "_path\":\"/etc/"));
                    assertThatThrownBy(() -> s.answer(bad, new Meant.Allow(false)))
                            .hasMessageContaining("could not be read exactly");
                    s.answer(good, new Meant.Allow(false));
                    s.answer(bad, new Meant.Deny(null, false));
                    Awaitility.await().until(() -> s.inbox().waiting().isEmpty());
                });
    }

    private static List<String> audited(Path database) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT who || ' ' || action || ' ' || host || ' ' || outcome"
                                        + " FROM audit ORDER BY seq")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static Rules.Rule rule(String pattern) {
        return new Rules.Rule("Bash", pattern, Optional.empty(), List.of());
    }

    private static void esc(Setting s, Waiting waiting) throws Exception {
        String pid = Files.readString(asks(s, waiting).resolve("pid")).strip();
        assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroy()).isTrue();
    }

    private static Path asks(Setting s, Waiting waiting) throws Exception {
        Path state = s.sshd().home().path().resolve(".local/state/muster");
        try (var machines = Files.list(state)) {
            return machines.findFirst()
                    .orElseThrow()
                    .resolve("sessions/" + s.id() + "/asks/" + waiting.request().id());
        }
    }
}
