package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.fleet.TestTmux;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, from the packaged jar: signed in by `muster dashboard`, a session's
/// terminal typed into. What is done there stands in `src/main/webui/e2e/page.mjs`.
class DashboardIT {
    private static final Path LAUNCHER = Path.of("deploy/muster").toAbsolutePath();
    private static final Path WEBUI = Path.of("src/main/webui").toAbsolutePath();

    @TempDir Path home;
    private int port;
    private String chromium = "";

    @BeforeEach
    void makeAHomeWithARepo() throws Exception {
        assumeThat(Path.of("target/muster.jar")).as("the packaged jar").exists();
        assumeThat(WEBUI.resolve("node_modules/playwright-core"))
                .as("the page was built here, with Node.js")
                .exists();
        Optional<Path> browser =
                Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(DashboardIT::onPath)
                        .findFirst();
        assumeThat(browser).as("chromium is installed").isPresent();
        chromium = browser.orElseThrow().toString();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path repo = Files.createDirectories(home.resolve("src/web"));
        Files.writeString(repo.resolve("README"), "hello\n");
        run(repo, Map.of(), "git", "init", "-q", "-b", "main");
        run(repo, Map.of(), "git", "add", ".");
        run(
                repo,
                Map.of(),
                "git",
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.com",
                "commit",
                "-qm",
                "one");
        Files.writeString(
                Files.createDirectories(home.resolve(".config/muster")).resolve("hosts.yaml"),
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
    }

    @Test
    void showsTheBoardAndASessionsTerminal() throws Exception {
        Process service =
                builder(home, Map.of(), LAUNCHER.toString(), "serve", "--port", "" + port).start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> muster("status", "--no-start").status == 0);
            Ran start =
                    muster(
                            "start",
                            "laptop:web",
                            "-n",
                            "first",
                            "while read -r l; do echo \"got: $l\"; done");
            assertThat(start.status).as(start.out).isZero();

            Ran page =
                    run(
                            WEBUI,
                            Map.of(
                                    "BASE",
                                    "http://127.0.0.1:" + port,
                                    "CODES",
                                    code() + "," + code(),
                                    "CHROMIUM",
                                    chromium),
                            "node",
                            "e2e/page.mjs");

            assertThat(page.status).as(page.out).isZero();
            assertThat(muster("stop", "first").status).isZero();
        } finally {
            service.destroy();
            service.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private String code() throws Exception {
        Ran ran = muster("dashboard", "--no-browser");
        assertThat(ran.status).as(ran.out).isZero();
        String address = ran.out.strip();
        assertThat(address).startsWith("http://127.0.0.1:" + port + "/#code=");
        return address.substring(address.indexOf("#code=") + "#code=".length());
    }

    private record Ran(int status, String out) {}

    private Ran muster(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return run(
                home,
                Map.of("MUSTER_SERVER", "http://127.0.0.1:" + port),
                command.toArray(String[]::new));
    }

    private Ran run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Process process = builder(folder, environment, command).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Ran(process.waitFor(), out);
    }

    private ProcessBuilder builder(
            Path folder, Map<String, String> environment, String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> env = builder.environment();
        String path = env.getOrDefault("PATH", "/usr/bin:/bin");
        env.clear();
        env.putAll(
                Map.of(
                        "HOME",
                        home.toString(),
                        "PATH",
                        path,
                        "SHELL",
                        "/bin/sh",
                        "LANG",
                        "C.UTF-8",
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "MUSTER_NO_TRAINING",
                        "1"));
        env.putAll(environment);
        return builder;
    }

    private static Stream<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }
}
