package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.host.Host;
import dev.muster.link.LinkFailure.Offline;
import dev.muster.link.LinkFailure.Penalised;
import dev.muster.shell.Script;
import dev.muster.testing.FaultyServer;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that hang, break off, refuse or stay silent.
@Timeout(180)
class FaultIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path dir;

    @Test
    void seesAHostThatHangs() throws Exception {
        // Not so quick that a server which is only slow is taken for one that hangs.
        LinkTimings timings =
                new LinkTimings(
                        Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(1500), 3);
        seesAHang(timings, 40);
    }

    @Test
    @Tag("long")
    void seesAHostThatHangsWithin45Seconds() throws Exception {
        seesAHang(LinkTimings.STANDARD, 45);
    }

    private void seesAHang(LinkTimings timings, int seconds) throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir, timings);
                Link link = client.connect(sshd.host("dev-1"))) {
            StandingStream stream = link.open(script("echo here; cat"));
            assertThat(link.run(script("echo"), LONG).exit()).isZero();
            sshd.pause();
            LinkFailure seen = link.closed().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            assertThat(seen).isInstanceOf(Offline.class);
            assertThat(seen.detail()).contains("no sign of life").contains("3 heartbeats");
            assertThat(stream.exited().toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(-1);
            assertThat(runFails(link)).isEqualTo(seen);
            sshd.resume();
            client.connect(sshd.host("dev-1")).close();
        }
    }

    @Test
    void keepsAnIdleConnectionForManyHeartbeats() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir, TestClient.PATIENT);
                Link link = client.connect(sshd.host("dev-1"))) {
            assertThat(
                            catchThrowableOfType(
                                    java.util.concurrent.TimeoutException.class,
                                    () ->
                                            link.closed()
                                                    .toCompletableFuture()
                                                    .get(6, TimeUnit.SECONDS)))
                    .isNotNull();
            assertThat(link.latency()).get().satisfies(l -> assertThat(l).isLessThan(LONG));
            assertThat(link.run(script("echo"), LONG).exit()).isZero();
        }
    }

    @Test
    void saysThatAConnectionWasDropped() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            sshd.dropConnections();
            LinkFailure seen = link.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(seen.detail()).contains("the connection to").contains("ended");
            assertThat(runFails(link)).isEqualTo(seen);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir)) {
            sshd.stop();
            LinkFailure seen = connectFails(client, sshd.host("dev-1"));
            assertThat(seen).isInstanceOf(Offline.class);
            assertThat(seen.detail()).contains("refused").contains(":" + sshd.port());
            sshd.restart();
            client.connect(sshd.host("dev-1")).close();
        }
    }

    @Test
    void givesUpOnAServerThatNeverSpeaks() throws Exception {
        LinkTimings timings =
                new LinkTimings(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 2);
        try (FaultyServer silent = FaultyServer.silent();
                TestClient client = TestClient.in(dir, timings)) {
            LinkFailure seen = connectFails(client, silent.host("dev-1", dir, Optional.empty()));
            assertThat(seen).isInstanceOf(Offline.class);
            assertThat(seen.detail()).contains("did not say that it is SSH within 2 s");
        }
    }

    @Test
    void tellsAPenaltyFromAServerThatIsBusy() throws Exception {
        try (FaultyServer penal = FaultyServer.saying("Not allowed at this time");
                FaultyServer busy = FaultyServer.saying("Exceeded MaxStartups");
                TestClient client = TestClient.in(dir)) {
            assertThat(connectFails(client, penal.host("dev-1", dir, Optional.empty())))
                    .isInstanceOf(Penalised.class);
            LinkFailure seen = connectFails(client, busy.host("dev-2", dir, Optional.empty()));
            assertThat(seen).isInstanceOf(Offline.class);
            assertThat(seen.detail()).contains("Exceeded MaxStartups");
        }
    }

    @Test
    void neverTakesABrokenAnswerForAnAnswer() throws Exception {
        Path key = dir.resolve("key");
        TestSshd.keygen(key, "ed25519", "");
        try (FaultyServer breaking = FaultyServer.breakingOff();
                FaultyServer half = FaultyServer.halfClosing();
                FaultyServer ending = FaultyServer.endingWithoutStatus();
                TestClient client = TestClient.in(dir, TestClient.QUICK)) {
            for (FaultyServer server : List.of(breaking, half, ending)) {
                Link link = client.connect(server.host("dev-1", dir, Optional.of(key)));
                assertThat(runFails(link)).isInstanceOf(Offline.class);
            }
        }
    }

    private static LinkFailure connectFails(TestClient client, Host host) {
        return catchThrowableOfType(LinkException.class, () -> client.connect(host)).failure();
    }

    private static LinkFailure runFails(Link link) {
        return catchThrowableOfType(LinkException.class, () -> link.run(script("echo"), LONG))
                .failure();
    }

    private static Script script(String text) {
        return new Script("test", text, List.of(), new byte[0]);
    }
}
