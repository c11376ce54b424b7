package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster demo` as a stranger runs it: the launcher, the packaged jar, real hosts. And nothing of
/// it is left, however it ends.
@Timeout(240)
class DemoIT {
    private static final Path LAUNCHER = Path.of("deploy/muster").toAbsolutePath();
    private static final Duration WHOLE = Duration.ofSeconds(200);

    @TempDir Path dir;
    private Path home;
    private Path tmp;
    private Path out;

    @BeforeEach
    void needTheJar() throws IOException {
        assumeThat(Path.of("target/muster.jar")).as("the packaged jar").exists();
        home = Files.createDirectory(dir.resolve("home"));
        tmp = Files.createDirectory(dir.resolve("tmp"));
        out = dir.resolve("out");
    }

    @AfterEach
    void leavesNothingRunning() throws Exception {
        // Only where a test has given up on it.
        if (running != null && running.isAlive()) {
            running.destroy();
            running.waitFor(60, TimeUnit.SECONDS);
        }
        assertThat(running()).as("processes of a demo in " + tmp).isEmpty();
        assertThat(home).as("the user's home").isEmptyDirectory();
    }

    @Test
    void showsThreeSessionsOnThreeHostsFinishedWithTheirCommits() throws Exception {
        int status = demo("--keep").waitFor(WHOLE.toSeconds(), TimeUnit.SECONDS) ? exit() : -1;

        assertThat(status).as(said()).isZero();
        assertThat(lastBoard())
                .contains("dark-mode       laptop   finished")
                .contains("orders-pages    dev-1    finished")
                .contains("archive-orders  staging  finished")
                .contains("3 sessions, 3 finished; 3 hosts");
        assertThat(said()).contains("answers      yes, to archive-orders");
        Path kept = onlyFolder();
        assertThat(commits(kept.resolve("laptop/web"), "dark-mode"))
                .contains("Add a dark mode that is remembered");
        assertThat(commits(kept.resolve("dev-1/src/api"), "orders-pages"))
                .contains("List orders in pages", "Document the pages");
        assertThat(commits(kept.resolve("staging/api"), "archive-orders"))
                .contains("Apply 0003_archive_orders to staging");
    }

    @Test
    void doesTheSameOverItsOwnSshServersAndLeavesNoFile() throws Exception {
        int status =
                hasty("--built-in-ssh").waitFor(WHOLE.toSeconds(), TimeUnit.SECONDS) ? exit() : -1;

        assertThat(status).as(said()).isZero();
        assertThat(lastBoard()).contains("3 sessions, 3 finished; 3 hosts");
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void endsEverythingOnASignalInTheMiddle() throws Exception {
        // At its own pace, so that there is a middle: the sessions work for some 15 s.
        Process demo = demo();
        Awaitility.await("the sessions work")
                .atMost(Duration.ofSeconds(150))
                .until(() -> allWork(said()) || !demo.isAlive());

        demo.destroy();

        assertThat(demo.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(exit()).as(said()).isEqualTo(143);
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void saysThatThePortIsTakenAndLeavesNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process demo = demo("--port", "" + taken.getLocalPort());

            assertThat(demo.waitFor(WHOLE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(exit()).isEqualTo(1);
            assertThat(said())
                    .contains("muster: The demo failed. Port " + taken.getLocalPort())
                    .contains("without --port the demo finds one that is free");
        }
        assertThat(tmp).isEmptyDirectory();
    }

    private Process running;

    private Process demo(String... options) throws IOException {
        return demo(Map.of(), options);
    }

    /// With an agent that makes no pauses: they are for people who watch.
    private Process hasty(String... options) throws IOException {
        return demo(Map.of("DEMO_PACE", "0"), options);
    }

    private Process demo(Map<String, String> env, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "demo"));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", tmp.toString());
        builder.environment().put("MUSTER_NO_TRAINING", "1");
        builder.environment().putAll(env);
        running = builder.start();
        return running;
    }

    private static boolean allWork(String said) {
        return Stream.of("dark-mode", "orders-pages", "archive-orders")
                .allMatch(name -> said.matches("(?s).*\\d:\\d\\d +" + name + " +working.*"));
    }

    private int exit() {
        return running.exitValue();
    }

    private String said() throws IOException {
        return Files.exists(out) ? Files.readString(out) : "";
    }

    private String lastBoard() throws IOException {
        String said = said();
        int at = said.lastIndexOf("  SESSION ");
        assertThat(at).as(said).isNotNegative();
        return said.substring(at);
    }

    private Path onlyFolder() throws IOException {
        try (Stream<Path> folders = Files.list(tmp)) {
            List<Path> all = folders.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private String commits(Path repo, String session) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("git", "log", "--format=%s", "main..muster/" + session)
                        .directory(repo.toFile())
                        .redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process git = builder.start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// What carries a mark of a demo in this test's folder. Known on Linux only.
    private List<String> running() {
        String mark = DemoEnvironment.MARK + "=" + tmp;
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process.pid()).contains(mark))
                .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
