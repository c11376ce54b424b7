package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that can't be written: what is asked for is refused with the reason, what is known
/// stays on the board, and nothing is missed.
class UnwritableIT {
    @TempDir Path folder;

    @Test
    void doesNothingThatItCannotWriteDownAndKeepsTheBoard() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id =
                    fleet.start(
                            "laptop",
                            "api",
                            "one",
                            "while [ ! -e go ]; do sleep 0.1; done; $MUSTER_EVENT idle; exit 4",
                            "");
            fleet.await(id, State.Working.class);
            Path worktrees = fleet.worktree(id).resolveSibling(".");
            fleet.database().readOnly(true);
            assertThatThrownBy(() -> fleet.start("laptop", "api", "two", "exit 0", ""))
                    .isInstanceOf(Memory.MemoryException.class)
                    .hasMessageContaining("read-only");
            assertThat(fleet.board().sessions()).hasSize(1);
            try (var made = Files.list(worktrees)) {
                assertThat(made).hasSize(1);
            }

            Files.createFile(fleet.worktree(id).resolve("go"));
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(fleet.host("laptop").detail())
                                            .contains("not listened to", "read-only"));
            assertThat(fleet.session(id).state().word()).isEqualTo("working");
            assertThatThrownBy(() -> fleet.start("laptop", "api", "two", "exit 0", ""))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("read-only");

            fleet.database().readOnly(false);
            fleet.fleet().wake("laptop");
            fleet.await(id, State.Failed.class);
            assertThat(fleet.history(id)).containsOnlyOnce("exited");
            fleet.awaitOnline("laptop");
            SessionId next = fleet.start("laptop", "api", "two", "exit 0", "");
            fleet.await(next, State.Finished.class);
        }
    }

    @Test
    void removesNothingThatItCannotWriteDown() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id = fleet.start("laptop", "api", "one", "exit 0", "");
            fleet.await(id, State.Finished.class);
            fleet.database().readOnly(true);
            assertThatThrownBy(() -> fleet.ends().remove(id, false, "test"))
                    .isInstanceOf(Memory.MemoryException.class);
            assertThat(fleet.worktree(id)).isDirectory();
            fleet.database().readOnly(false);
            fleet.awaitOnline("laptop");
            fleet.ends().remove(id, false, "test");
            assertThat(fleet.board().session(id)).isEmpty();
        }
    }
}
