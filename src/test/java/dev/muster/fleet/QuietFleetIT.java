package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.git.Changes;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// No polling: what is asked of a host on which nothing happens, and what is not missed for that.
class QuietFleetIT {
    private static final Duration SETTLED = Duration.ofSeconds(6);

    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void asksNothingOfAHostWhoseSessionsAreSilent() throws Exception {
        asksNothingFor(Duration.ofSeconds(10));
    }

    @Test
    @Tag("long")
    void asksNothingForMinutes() throws Exception {
        asksNothingFor(Duration.ofSeconds(150));
    }

    private void asksNothingFor(Duration time) throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            for (String name : new String[] {"a", "b", "c"}) {
                SessionId id =
                        fleet.start(
                                "dev-1",
                                "api",
                                name,
                                "echo begun; $MUSTER_EVENT working busy; sleep 1000",
                                "");
                fleet.await(id, State.Working.class);
            }
            SessionId ended = fleet.start("dev-1", "api", "ended", "exit 0", "");
            fleet.await(ended, State.Finished.class);
            long before = staysFor(fleet.sshd(), SETTLED);
            long after = staysFor(fleet.sshd(), time);
            assertThat(after).as("commands that the host was asked to run").isEqualTo(before);
        }
    }

    /// Waits until the host was asked nothing for a while.
    ///
    /// @return how many commands it was asked to run by then
    private static long staysFor(TestSshd sshd, Duration time) {
        long[] last = {-1};
        Awaitility.await("nothing is asked for " + time)
                .during(time)
                .atMost(time.plusSeconds(60))
                .until(
                        () -> {
                            long before = last[0];
                            last[0] = sshd.commands();
                            return before == last[0];
                        });
        return last[0];
    }

    @Test
    void countsWhatAnAgentChangedWhileTheServiceWasAway() throws Exception {
        SessionId running;
        SessionId ending;
        Path worktree;
        Path other;
        try (TestFleet fleet = TestFleet.local(folder)) {
            running = fleet.start("laptop", "api", "one", "sleep 1000", "");
            ending =
                    fleet.start(
                            "laptop",
                            "api",
                            "two",
                            "while [ ! -e go ]; do sleep 0.1; done; echo x >new; rm go",
                            "");
            fleet.await(running, State.Working.class);
            fleet.await(ending, State.Working.class);
            worktree = fleet.worktree(running);
            other = fleet.worktree(ending);
            fleet.keepTmux();
        }
        Files.writeString(worktree.resolve("new"), "one\ntwo\n");
        Files.createFile(other.resolve("go"));
        Awaitility.await().until(() -> Files.exists(other.resolve("new")));
        try (TestFleet fleet = TestFleet.local(folder)) {
            fleet.await(ending, State.Finished.class);
            Awaitility.await()
                    .untilAsserted(
                            () -> {
                                assertThat(changes(fleet, running))
                                        .isEqualTo(new Changes(1, 2, 0, 0));
                                assertThat(changes(fleet, ending))
                                        .isEqualTo(new Changes(1, 1, 0, 0));
                            });
        }
    }

    private static @Nullable Changes changes(TestFleet fleet, SessionId id) {
        return fleet.board().session(id).map(Session::changes).orElse(null);
    }
}
