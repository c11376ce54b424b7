package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.link.LinkTimings;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.FaultyWire;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real OpenSSH behind a network that fails without a word.
class FaultyWireIT {
    @TempDir Path folder;

    /// What goes wrong with the wire.
    private interface Fault {
        void happens(FaultyWire wire) throws IOException;
    }

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void seesThatPacketsAreDropped() throws Exception {
        isSeenAndMends(TestFleet.ALERT, Duration.ofSeconds(30), FaultyWire::drop);
    }

    @Test
    void seesThatOneDirectionWasClosed() throws Exception {
        isSeenAndMends(TestFleet.ALERT, Duration.ofSeconds(30), FaultyWire::halfClose);
    }

    @Test
    @Tag("long")
    void seesThatPacketsAreDroppedWithin45Seconds() throws Exception {
        isSeenAndMends(LinkTimings.STANDARD, Duration.ofSeconds(45), FaultyWire::drop);
    }

    private void isSeenAndMends(LinkTimings timings, Duration seen, Fault fault) throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                FaultyWire wire = new FaultyWire(sshd.port());
                TestSshd other = TestSshd.in(folder.resolve("other")).start();
                TestFleet fleet =
                        TestFleet.in(folder)
                                .timings(timings)
                                .ssh("dev-1", sshd, wire)
                                .ssh("dev-2", other)
                                .start()) {
            fleet.awaitOnline("dev-1");
            fleet.awaitOnline("dev-2");
            SessionId id =
                    fleet.start(
                            "dev-1",
                            "api",
                            "one",
                            "while [ ! -e go ]; do sleep 0.1; done; $MUSTER_EVENT idle; exit 4",
                            "");
            fleet.await(id, State.Working.class);

            // Of one that can be reached again at once, a look now and then might see nothing.
            CompletableFuture<HostStatus> offline = fleet.becomes("dev-1", HostState.OFFLINE);
            fault.happens(wire);
            assertThat(offline.get(seen.toSeconds(), TimeUnit.SECONDS).detail()).isNotBlank();

            assertThat(fleet.session(id).state()).isInstanceOf(State.Working.class);
            SessionId live = fleet.start("dev-2", "api", "live", "exit 0", "");
            fleet.await(live, State.Finished.class);
            fleet.awaitHost("dev-2", HostState.ONLINE);
            Files.createFile(fleet.worktree(id).resolve("go"));

            wire.mend();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> fleet.host("dev-1").online());
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).status()).isEqualTo(4);
            assertThat(fleet.history(id)).containsOnlyOnce("exited").containsOnlyOnce("reported");
        }
    }
}
