package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Muster as a person runs it: `deploy/muster serve` with the packaged jar, and commands that ask
/// it, in a HOME of its own and with nothing of who runs the tests but the PATH.
public final class PersonsMuster implements AutoCloseable {
    public static final Path LAUNCHER = Path.of("deploy/muster").toAbsolutePath();

    private static final Pattern ONLINE = Pattern.compile("\"state\" ?: ?\"online\"");

    /// What a command printed, errors too, and how it ended.
    public record Ran(int status, String out) {}

    private final Path home;
    private final Path log;
    private final int port;
    private @Nullable Process service;

    /// Skips the test where there is no jar.
    ///
    /// @param home made if it is not there
    /// @param log what the service prints; outside of that home, say
    public PersonsMuster(Path home, Path log) throws IOException {
        assumeThat(Path.of("target/muster.jar")).as("the packaged jar: `make jar`").exists();
        this.home = Files.createDirectories(home);
        this.log = log;
        this.port = OwnPort.take();
    }

    /// Writes `hosts.yaml`; a running service reads it anew by itself.
    public void hosts(String text) throws IOException {
        Path file = home.resolve(".config/muster/hosts.yaml");
        Files.createDirectories(file.getParent());
        Path whole = Files.writeString(file.resolveSibling("hosts.new"), text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Starts the service, and waits until so many of its hosts are online.
    public void serve(int hosts) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(LAUNCHER.toString(), "serve", "--port", "" + port)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process started = builder.start();
        service = started;
        Awaitility.await("every host is online")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            assertThat(started.isAlive()).as(() -> said()).isTrue();
                            return online() == hosts;
                        });
    }

    private long online() throws IOException, InterruptedException {
        return ONLINE.matcher(muster("hosts", "--no-start", "--json").out).results().count();
    }

    /// Runs a command to its end.
    public Ran muster(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return finish(new ProcessBuilder(command).directory(home.toFile()), environment());
    }

    /// Runs a program to its end, with this environment and no other.
    public static Ran finish(ProcessBuilder builder, Map<String, String> environment)
            throws IOException, InterruptedException {
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out);
    }

    /// Where the service answers.
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// What shows the service who asks; it writes it when it first starts.
    public Path token() {
        return home.resolve(".config/muster/token");
    }

    /// Of everything that this person starts.
    public Map<String, String> environment() {
        Map<String, String> env = new LinkedHashMap<>(environment(home));
        env.put("MUSTER_SERVER", address().toString());
        env.put("MUSTER_NO_TRAINING", "1");
        env.put("MUSTER", LAUNCHER.toString());
        return env;
    }

    /// Of somebody who has this home.
    public static Map<String, String> environment(Path home) {
        return Map.of(
                "HOME",
                home.toString(),
                "PATH",
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "SHELL",
                "/bin/sh",
                "LANG",
                "C.UTF-8",
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    /// What the service printed, for a failing test's message.
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /// Ends the service; what it started on its hosts runs on.
    @Override
    public void close() throws InterruptedException {
        Process running = service;
        if (running == null) {
            return;
        }
        running.destroy();
        if (!running.waitFor(30, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
        }
    }
}
