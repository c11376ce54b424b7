package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.host.AgentSpec;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that a person started by hand, with a registry that the test writes for a process of
/// its own.
class ByHandIT {
    private static final String CONVERSATION = "0a55e3de-92c9-4d0c-b3e1-0123456789ab";

    @TempDir Path folder;
    private TestFleet fleet;
    private Path home;
    private Process agent;

    @BeforeEach
    void startOneByHand() throws Exception {
        home = folder.resolve("homes/laptop");
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("claude");
        Files.writeString(
                program,
                """
                #!/bin/sh
                [ "$1" != --version ] || { echo "2.1.329 (Claude Code)"; exit; }
                printf '%s\\n' "$PWD" "${CLAUDE_CONFIG_DIR-none}" "$@" >"$HOME/started"
                exec sleep 1000
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        fleet = TestFleet.in(folder).agent(claude(program)).local("laptop").start();
        fleet.awaitOnline("laptop");
        agent = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void endsThem() throws Exception {
        agent.destroy();
        fleet.close();
    }

    @Test
    void showsHowItStands() throws Exception {
        says("busy", "");
        Session shown = awaitOne(State.Working.class);
        assertThat(shown.spec().managed()).isFalse();
        assertThat(shown.spec().repo()).isEqualTo("api");
        assertThat(shown.spec().branch()).isEqualTo("main");
        assertThat(shown.spec().name()).isEqualTo("fix-the-tests");
        says("waiting", "\"waitingFor\":\"permission prompt\",");
        Session waits = awaitOne(State.NeedsApproval.class);
        Inbox.Meant yes = new Inbox.Meant.Allow(false);
        String asked = waits.waiting().getFirst().id();
        assertThatThrownBy(() -> new Inbox(fleet.fleet()).answer(asked, "token", yes, "test"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.fix())
                                        .contains("/api, process " + agent.pid())
                                        .contains("muster adopt --stop fix-the-tests"));
        says("idle", "");
        SessionId id = awaitOne(State.Idle.class).id();
        assertThat(id).isEqualTo(shown.id());
        agent.destroyForcibly();
        awaitOne(State.Crashed.class);
        Files.delete(entry());
        awaitOne(State.Finished.class);
    }

    @Test
    void isSeenInAWorktreeOfItsOwn() throws Exception {
        git("worktree", "add", "-q", ".claude/worktrees/x", "-b", "worktree-x");
        says("idle", "", home.resolve("api/.claude/worktrees/x"));
        Session shown = awaitOne(State.Idle.class);
        assertThat(shown.spec().repo()).isEqualTo("api");
        assertThat(shown.spec().branch()).isEqualTo("worktree-x");
        assertThat(shown.spec().worktree()).endsWith("api/.claude/worktrees/x");
    }

    @Test
    void actsOnNothingThatIsNotItsOwn() throws Exception {
        says("busy", "");
        SessionId id = awaitOne(State.Working.class).id();
        assertThatThrownBy(() -> fleet.ends().stop(id, "test"))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.fix()).contains("muster adopt"));
        assertThat(agent.isAlive()).isTrue();
    }

    @Test
    void isNotAdoptedWhileItRunsElsewhere() throws Exception {
        says("busy", "");
        SessionId id = awaitOne(State.Working.class).id();
        assertThatThrownBy(() -> adoption().adopt(id, false, null))
                .isInstanceOfSatisfying(
                        Refused.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Refused.Kind.WOULD_LOSE);
                            assertThat(e.fix()).contains("adopt --stop fix-the-tests");
                        });
        assertThat(agent.isAlive()).isTrue();
    }

    @Test
    void goesOnWithItsConversationWhereItWas() throws Exception {
        says("idle", "");
        Path kept = Files.createDirectories(home.resolve(".claude/projects/-api"));
        Files.writeString(kept.resolve(CONVERSATION + ".jsonl"), "{}\n");
        SessionId id = awaitOne(State.Idle.class).id();
        assertThat(adoption().adopt(id, true, null)).contains("Muster's now");
        assertThat(agent.waitFor()).isNotZero();
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () ->
                                assertThat(Files.readAllLines(home.resolve("started")))
                                        .contains(
                                                home.resolve("api").toString(),
                                                "none",
                                                "--resume",
                                                CONVERSATION));
        Session adopted = fleet.session(id);
        assertThat(adopted.spec().managed()).isTrue();
        assertThat(fleet.board().sessions()).hasSize(1);
        fleet.ends().stop(id, "test");
        fleet.await(id, State.Stopped.class);
        assertThat(fleet.ends().remove(id, false, "test").text()).contains("removed");
        assertThat(home.resolve("api/README")).exists();
        assertThat(fleet.board().sessions().filter(s -> s.spec().managed())).isEmpty();
    }

    private SessionAdoption adoption() {
        return new SessionAdoption(fleet.fleet());
    }

    private void says(String status, String more) throws IOException {
        says(status, more, home.resolve("api"));
    }

    private void says(String status, String more, Path cwd) throws IOException {
        Path sessions = Files.createDirectories(home.resolve(".claude/sessions"));
        Path next = sessions.resolve("next");
        Files.writeString(
                next,
                """
                {"pid":%d,"sessionId":"%s","cwd":"%s","startedAt":1795212855218,"name":"fix the tests",%s"status":"%s","statusUpdatedAt":%d}"""
                        .formatted(
                                agent.pid(),
                                CONVERSATION,
                                cwd,
                                more,
                                status,
                                System.currentTimeMillis()));
        Files.move(next, entry(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path entry() {
        return home.resolve(".claude/sessions/" + agent.pid() + ".json");
    }

    private Session awaitOne(Class<? extends State> state) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(fleet.board().sessions().toList())
                                        .singleElement()
                                        .satisfies(s -> assertThat(s.state()).isInstanceOf(state)));
        return fleet.board().sessions().findFirst().orElseThrow();
    }

    private void git(String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", home + "/api"));
        command.addAll(List.of(args));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static AgentSpec claude(Path program) {
        return new AgentSpec(
                "claude",
                "claude",
                program.toString(),
                List.of(),
                Map.of("CLAUDE_CONFIG_DIR", "~/.elsewhere"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
