package dev.muster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.muster.shell.Script;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many at once, slow ones among them, and nothing left behind.
@Timeout(240)
class LoadIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path dir;

    @Test
    void runsFortyScriptsAtOnce() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            runMany(link, 40);
        }
    }

    @Test
    void getsAlongWithTwoChannels() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).option("MaxSessions 2").start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            runMany(link, 20);
        }
    }

    @Test
    void saysThatTheServerAllowsNoMoreChannels() throws Exception {
        LinkTimings timings =
                new LinkTimings(
                        Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10), 3);
        try (TestSshd sshd = TestSshd.in(dir).option("MaxSessions 1").start();
                TestClient client = TestClient.in(dir, timings);
                Link link = client.connect(sshd.host("dev-1"))) {
            // The first connection and seven more, of one channel each.
            for (int i = 0; i < 8; i++) {
                link.open(script("cat"));
            }
            assertThat(catchThrowableOfType(LinkException.class, () -> link.open(script("cat"))))
                    .hasMessageContaining("MaxSessions");
        }
    }

    @Test
    void aSlowReaderHoldsUpNobodyElse() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir, TestClient.PATIENT);
                Link link = client.connect(sshd.host("dev-1"));
                StandingStream flood = link.open(script("cat /dev/zero"))) {
            // Nobody reads the flood: once its window is full, it waits, and only it.
            for (int i = 0; i < 20; i++) {
                RunResult result = link.run(script("head -c 300000 /dev/zero"), LONG);
                assertThat(result.out()).hasSize(300_000);
            }
            assertThat(link.closed().toCompletableFuture()).isNotDone();
            try (InputStream out = flood.out()) {
                assertThat(out.readNBytes(4 * 1024 * 1024)).hasSize(4 * 1024 * 1024);
            }
        }
    }

    @Test
    void livesThroughManyKeyExchanges() throws Exception {
        try (TestSshd sshd =
                        TestSshd.in(dir).option("RekeyLimit 1M").option("LogLevel DEBUG").start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            byte[] big = new byte[4 * 1024 * 1024];
            new Random(7).nextBytes(big);
            Script cat = new Script("cat", "cat", List.of(), big);
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<RunResult>> results = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    results.add(executor.submit(() -> link.run(cat, LONG)));
                }
                for (Future<RunResult> result : results) {
                    assertThat(result.get().out()).isEqualTo(big);
                }
            }
            assertThat(sshd.log().split("NEWKEYS sent")).hasSizeGreaterThan(5);
        }
    }

    @Test
    void leavesNoProcessOnAHost() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            List<Long> pids = new ArrayList<>();
            for (String text :
                    List.of(
                            "echo $$; cat >/dev/null",
                            "echo $$; while echo alive; do sleep 0.2; done 2>/dev/null")) {
                StandingStream stream = link.open(script(text));
                var lines = new BufferedReader(new InputStreamReader(stream.out(), UTF_8));
                pids.add(Long.parseLong(lines.readLine()));
            }
            link.close();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(pids)
                                            .noneMatch(
                                                    pid ->
                                                            ProcessHandle.of(pid)
                                                                    .map(ProcessHandle::isAlive)
                                                                    .orElse(false)));
            await().atMost(Duration.ofSeconds(60)).until(() -> sshd.connections() == 0);
        }
    }

    @Test
    void leaksNeitherFilesNorThreads() throws Exception {
        leaksNothingOver(50);
    }

    @Test
    @Tag("long")
    void leaksNeitherFilesNorThreadsOver200Connections() throws Exception {
        leaksNothingOver(200);
    }

    private void leaksNothingOver(int connections) throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).option("LogLevel QUIET").start();
                TestClient client = TestClient.in(dir)) {
            for (int i = 0; i < 10; i++) {
                connectAndClose(client, sshd);
            }
            long files = openFiles();
            int threads = Thread.activeCount();
            for (int i = 0; i < connections; i++) {
                connectAndClose(client, sshd);
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> {
                                assertThat(openFiles()).isLessThan(files + 20);
                                assertThat(Thread.activeCount()).isLessThan(threads + 10);
                            });
        }
    }

    private static void connectAndClose(TestClient client, TestSshd sshd) throws Exception {
        try (Link link = client.connect(sshd.host("dev-1"))) {
            assertThat(link.latency()).isNotNull();
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }

    private static void runMany(Link link, int count) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RunResult>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Script script = new Script("n", "sleep 0.1; echo $1", List.of("" + i), new byte[0]);
                results.add(executor.submit(() -> link.run(script, LONG)));
            }
            for (int i = 0; i < count; i++) {
                assertThat(results.get(i).get().outText()).isEqualTo(i + "\n");
            }
        }
    }

    private static Script script(String text) {
        return new Script("test", text, List.of(), new byte[0]);
    }
}
