package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.fleet.TestTmux;
import dev.muster.testing.Leftovers;
import dev.muster.testing.OwnPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The path of a stranger: the launcher and the packaged jar, a service that a command starts by
/// itself, and one session from start to removal.
class SmokeIT {
    private static final Path LAUNCHER = Path.of("deploy/muster").toAbsolutePath();

    @TempDir Path home;
    private String server = "";

    @BeforeEach
    void makeAHomeWithARepo() throws Exception {
        assumeThat(Path.of("target/muster.jar")).as("the packaged jar").exists();
        server = "http://127.0.0.1:" + OwnPort.take();
        Path repo = Files.createDirectories(home.resolve("src/web"));
        git(repo, "init", "-q", "-b", "main");
        Files.writeString(repo.resolve("README"), "hello\n");
        git(repo, "add", ".");
        git(repo, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "one");
        Path config = Files.createDirectories(home.resolve(".config/muster"));
        Files.writeString(
                config.resolve("hosts.yaml"),
                """
                defaults: { agent: sh, base: main }
                agents:
                  sh: { type: command, command: /bin/sh, args: ["-c", "{prompt}"] }
                hosts:
                  laptop:
                    local: true
                    repos: { web: { path: ~/src/web } }
                """);
    }

    @AfterEach
    void stopWhatWasStarted() throws Exception {
        muster("stop-service");
        TestTmux.killAll(home);
        Leftovers.end(home);
    }

    @Test
    void goesFromAFirstCommandToARemovedSession() throws Exception {
        Process service = serve();
        try {
            Ran start = muster("start", "laptop:web", "-n", "first", "echo $((40+2)); exec cat");
            assertThat(start.all).contains("first on laptop");
            assertThat(start.status).isZero();

            Ran status = muster("status");
            assertThat(status.out).contains("first", "laptop", "working", "muster/first");
            // It runs, and has yet to print something.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(muster("peek", "first").out).contains("42"));

            attachTypesAndDetaches();

            Ran refused = muster("rm", "first");
            assertThat(refused.status).isEqualTo(4);
            assertThat(muster("stop", "first").status).isZero();
            assertThat(muster("log", "first").out).contains("the agent runs");
            assertThat(muster("rm", "first").status).isZero();
            assertThat(muster("status").out).contains("0 sessions");
            assertThat(muster("peek", "first").status).isEqualTo(3);
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    /// On a terminal of its own: a tmux server of the test's.
    private void attachTypesAndDetaches() throws Exception {
        String socket = home.resolve("outer.sock").toString();
        List<String> attach =
                List.of(
                        "tmux",
                        "-S",
                        socket,
                        "-f",
                        "/dev/null",
                        "new-session",
                        "-d",
                        "-x",
                        "90",
                        "-y",
                        "20",
                        LAUNCHER + " attach first; exec sleep 100");
        assertThat(run(attach).status).isZero();
        try {
            awaitScreen(socket, "42");
            run(List.of("tmux", "-S", socket, "send-keys", "typed by hand", "Enter"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(muster("peek", "first").out)
                                            .contains("typed by hand\ntyped by hand"));
            // The outer tmux takes C-b for itself: the inner one gets it by `send-prefix`.
            run(List.of("tmux", "-S", socket, "send-keys", "C-b", "d"));
            assertThat(muster("status").out).contains("working");
        } finally {
            run(List.of("tmux", "-S", socket, "kill-server"));
        }
    }

    private void awaitScreen(String socket, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                run(List.of(
                                                                "tmux",
                                                                "-S",
                                                                socket,
                                                                "capture-pane",
                                                                "-p"))
                                                        .out)
                                        .contains(text));
    }

    private Process serve() throws IOException {
        String port = server.substring(server.lastIndexOf(':') + 1);
        Process service =
                builder(List.of(LAUNCHER.toString(), "serve", "--port", port))
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("service.log").toFile())
                        .start();
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> muster("status").status == 0);
        return service;
    }

    private record Ran(int status, String out, String all) {}

    private Ran muster(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "--no-start"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Ran run(List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile(home, "err", "");
        Process process = builder(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return new Ran(status, out, out + Files.readString(err));
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("MUSTER_"));
        env.remove("TMUX");
        env.put("HOME", home.toString());
        env.put("MUSTER_SERVER", server);
        env.put("MUSTER_NO_TRAINING", "1");
        env.put("TERM", Objects.requireNonNullElse(System.getenv("TERM"), "xterm-256color"));
        return builder;
    }

    private void git(Path dir, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", dir.toString()));
        command.addAll(List.of(arguments));
        assertThat(run(command).status).isZero();
    }
}
