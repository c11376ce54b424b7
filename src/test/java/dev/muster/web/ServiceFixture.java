package dev.muster.web;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder of its own for the service under test, and one host: this machine with a HOME of its
/// own, a git repo and an agent that answers what it reads.
public final class ServiceFixture implements QuarkusTestResourceLifecycleManager {
    private static final String AGENT =
            """
            #!/bin/sh
            printf 'prompt: %s\\n' "$1"
            case $1 in
              leave*) exit "${1#leave }" ;;
              flood) exec yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ;;
              patient)
                trap '"$MUSTER_EVENT" idle "was interrupted"' INT
                while :; do
                  if read -r line; then printf 'got: %s\\n' "$line"; else sleep 0.2; fi
                done
                ;;
            esac
            while read -r line; do
              printf 'got: %s\\n' "$line"
              [ "$line" != quit ] || exit 0
            done
            """;

    private static volatile Path root = Path.of("unset");

    public static Path config() {
        return root.resolve("config");
    }

    static String hosts() throws IOException {
        return Files.readString(hostsFile());
    }

    /// Changes `hosts.yaml` in one step: the service may read it at any moment.
    public static void hosts(String text) throws IOException {
        Path whole = Files.writeString(config().resolve("hosts.new"), text);
        Files.move(whole, hostsFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    public static Path hostsFile() {
        return config().resolve("hosts.yaml");
    }

    static Path home() {
        return root.resolve("home");
    }

    public static String token() throws IOException {
        return Files.readString(config().resolve("token")).strip();
    }

    @Override
    public Map<String, String> start() {
        try {
            root = Files.createTempDirectory("muster-service");
            Path home = Files.createDirectories(root.resolve("home"));
            Path repo = Files.createDirectories(home.resolve("repo"));
            Files.createDirectories(config());
            Files.createDirectories(root.resolve("data"));
            Path agent = Files.writeString(root.resolve("agent"), AGENT);
            Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
            git(repo, "init", "-q", "-b", "main");
            Files.writeString(repo.resolve("README"), "hello\n");
            git(repo, "add", "README");
            git(repo, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "first");
            hosts(hosts(home, agent));
            return Map.of(
                    "muster.service.config-folder",
                    config().toString(),
                    "muster.service.data-folder",
                    root.resolve("data").toString(),
                    "muster.service.cache-folder",
                    root.resolve("cache").toString(),
                    "muster.service.home",
                    home.toString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the fixture could not be made", e);
        }
    }

    private static String hosts(Path home, Path agent) {
        return """
        defaults: { agent: echo }
        agents:
          echo: { type: command, command: %s }
        hosts:
          here:
            local: true
            home: %s
            labels: { role: test }
            repos: { app: { path: ~/repo, base: main } }
        """
                .formatted(agent, home);
    }

    private static void git(Path repo, String... args) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git", "-C", repo.toString()), Stream.of(args)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("HOME", root.resolve("home").toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        run(builder);
    }

    private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(builder.command() + " failed");
        }
    }

    @Override
    public void stop() {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (path.endsWith("tmux.sock")) {
                    new ProcessBuilder("tmux", "-S", path.toString(), "kill-server")
                            .start()
                            .waitFor(10, TimeUnit.SECONDS);
                }
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            System.err.println("not all of " + root + " could be removed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
