package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.LoginShell;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions on real OpenSSH servers.
class SshFleetIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @ParameterizedTest
    @EnumSource(LoginShell.class)
    void givesTheAgentItsPromptByteForByteWhateverTheLoginShell(LoginShell shell) throws Exception {
        shell.assumeInstalled();
        String prompt = "it's \"$HOME\" `id` $(id) \\ !! * ~ ; & | < > #{x} %s\n\tä 漢 🎉\n\n";
        TestHome home = TestHome.in(folder, "ho me'$x\"ü");
        try (TestFleet fleet =
                TestFleet.overSsh(folder, server -> server.home(home).shell(shell))) {
            SessionId id = fleet.start("dev-1", "api", "bytes", "printf '%s' \"$1\" >got", prompt);
            fleet.await(id, State.Finished.class);
            assertThat(Files.readString(fleet.worktree(id).resolve("got"))).isEqualTo(prompt);
        }
    }

    @Test
    void keepsASessionThroughABrokenConnectionAndLearnsWhatItMissed() throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestSshd other = TestSshd.in(folder.resolve("other")).start();
                TestFleet fleet =
                        TestFleet.in(folder).ssh("dev-1", sshd).ssh("dev-2", other).start()) {
            fleet.awaitOnline("dev-1");
            fleet.awaitOnline("dev-2");
            SessionId id =
                    fleet.start(
                            "dev-1",
                            "api",
                            "patient",
                            "while [ ! -e go ]; do sleep 0.1; done; $MUSTER_EVENT idle; exit 4",
                            "");
            fleet.await(id, State.Working.class);
            sshd.stop();
            fleet.awaitHost("dev-1", HostState.OFFLINE);
            assertThat(fleet.session(id).state().word()).isEqualTo("working");
            assertThat(fleet.host("dev-2").state()).isEqualTo(HostState.ONLINE);
            Files.createFile(fleet.worktree(id).resolve("go"));
            sshd.restart();
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).status()).isEqualTo(4);
            assertThat(fleet.history(id))
                    .containsSubsequence("asked", "started", "reported", "exited");
        }
    }

    @Test
    void showsWhoseTmuxServerDiedAsCrashed() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", "sleep 1000", "");
            fleet.await(id, State.Working.class);
            TestTmux.killAll(folder);
            fleet.await(id, State.Crashed.class);
            SessionId next = fleet.start("dev-1", "api", "two", "exit 0", "");
            fleet.await(next, State.Finished.class);
        }
    }

    @Test
    void showsAnAgentThatWasKilledAsCrashed() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", "kill -9 $$", "");
            fleet.await(id, State.Crashed.class);
            Session session = fleet.session(id);
            assertThat(session.state()).isEqualTo(new State.Crashed("ended by signal KILL"));
        }
    }

    @Test
    void saysWhyAWorktreeCouldNotBeMade() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.startFrom("mian", "dev-1", "one");
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).state().detail()).contains("no base mian");
        }
    }

    @Test
    void leavesNoProcessBehindWhenItGoes() throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start()) {
            try (TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
                fleet.awaitOnline("dev-1");
                fleet.keepTmux();
            }
            // One that ends while the connection does is found at the watcher's next tick.
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .untilAsserted(
                            () ->
                                    assertThat(TestTmux.processesWith("HOME=" + sshd.home().path()))
                                            .isEmpty());
        }
    }

    @Test
    void removesWhatLosesNothingAndRefusesTheRest() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId clean = fleet.start("dev-1", "api", "clean", "exit 0", "");
            SessionId dirty = fleet.start("dev-1", "api", "dirty", "echo work >new.txt", "");
            fleet.await(clean, State.Finished.class);
            fleet.await(dirty, State.Finished.class);
            Path worktree = fleet.worktree(dirty);

            fleet.ends().remove(clean, false, "test");
            assertThat(fleet.board().session(clean)).isEmpty();

            assertThatThrownBy(() -> fleet.ends().remove(dirty, false, "test"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> {
                                assertThat(refused.kind()).isEqualTo(Refused.Kind.WOULD_LOSE);
                                assertThat(refused.findings()).anyMatch(f -> f.contains("new.txt"));
                            });
            assertThat(worktree.resolve("new.txt")).hasContent("work");

            Removing.Removed removed = fleet.ends().remove(dirty, true, "test");
            assertThat(worktree).doesNotExist();
            assertThat(removed.notes()).anyMatch(n -> n.contains("refs/muster/rescue/" + dirty));
            assertThat(fleet.board().sessions()).isEmpty();
        }
    }

    @Test
    void bringsAnEndedSessionBackAsItsNextRun() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id =
                    fleet.start("dev-1", "api", "twice", "echo run >>runs; exec sleep 1000", "");
            fleet.await(id, State.Working.class);
            fleet.ends().stop(id, "test");
            fleet.await(id, State.Stopped.class);
            fleet.starts().resume(id);
            fleet.await(id, State.Working.class);
            assertThat(fleet.session(id).run()).isEqualTo(2);
            assertThat(fleet.worktree(id).resolve("runs")).hasContent("run\nrun");
        }
    }

    @Test
    void typesATextOnceHoweverOftenItIsAsked() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "reader", "cat >got; exit 0", "");
            fleet.await(id, State.Working.class);
            String prompt = dev.muster.api.Ulid.next();
            new SessionPrompts(fleet.fleet()).send(id, prompt, "one 'two' $three", false, false);
            new SessionPrompts(fleet.fleet()).send(id, prompt, "one 'two' $three", false, false);
            Path got = fleet.worktree(id).resolve("got");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(got).hasContent("one 'two' $three\n"));
            new SessionPrompts(fleet.fleet()).interrupt(id);
            fleet.await(id, State.Crashed.class);
            assertThat(got).hasContent("one 'two' $three\n");
        }
    }
}
