package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {
    @TempDir Path folder;

    @Test
    void runsACommandInAWorktreeOfItsOwnToItsEnd() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            var id =
                    fleet.start(
                            "laptop",
                            "api",
                            "hello",
                            "printf '%s' \"$1\" >got; exit 3",
                            "it's \"$HOME\"\n");
            fleet.await(id, State.Failed.class);
            assertThat(fleet.worktree(id).resolve("got")).hasContent("it's \"$HOME\"\n");
            assertThat(fleet.session(id).status()).isEqualTo(3);
        }
    }

    @Test
    void stopsAnAgentAndSaysSo() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            var id = fleet.start("laptop", "api", "sleeper", "sleep 1000", "");
            fleet.await(id, State.Working.class);
            assertThat(fleet.ends().stop(id, "test")).contains("stopped");
            fleet.await(id, State.Stopped.class);
        }
    }

    @Test
    void findsEverySessionAgainWithoutItsDatabase() throws Exception {
        dev.muster.session.SessionId running;
        dev.muster.session.SessionId ended;
        try (TestFleet fleet = TestFleet.local(folder)) {
            running = fleet.start("laptop", "api", "one", "sleep 1000", "");
            ended = fleet.start("laptop", "api", "two", "exit 0", "");
            fleet.await(running, State.Working.class);
            fleet.await(ended, State.Finished.class);
            fleet.keepTmux();
        }
        java.nio.file.Files.delete(TestFleet.databaseFile(folder));
        try (TestFleet fleet = TestFleet.local(folder)) {
            fleet.await(running, State.Working.class);
            fleet.await(ended, State.Finished.class);
            assertThat(fleet.board().sessions()).hasSize(2);
        }
    }
}
