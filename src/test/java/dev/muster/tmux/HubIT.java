package dev.muster.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.TestTmux;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import dev.muster.testing.HostFolder;
import dev.muster.testing.Leftovers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The channel of a host's tmux server, with a real one.
class HubIT {
    private static final Script HUB = HostScript.named("hub", "v", "s1");
    private static final Path LEASE = Path.of("watch", "s1.t1");

    @TempDir Path home;
    private HostFolder host;
    private final List<Process> begun = new ArrayList<>();

    @BeforeEach
    void hasAFolder() throws Exception {
        HostFolder.assumeInstalled("tmux");
        host = HostFolder.in(home);
        Files.createDirectories(host.state().resolve("watch"));
        Path lib = Files.createDirectories(host.state().resolve("lib/v"));
        Files.copy(Path.of("src/main/resources/scripts/lib/tmux.conf"), lib.resolve("tmux.conf"));
    }

    @AfterEach
    void endsAll() throws Exception {
        begun.forEach(Process::destroyForcibly);
        TestTmux.killAll(home);
        Leftovers.end(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void tellsOfBirthsDeathsAndLosses(String shell) throws Exception {
        HostFolder.assumeInstalled(shell);
        Lines hub = hub(shell);
        hub.await("panes hub-s1=0|;");
        tmux("new-session", "-d", "-s", "A", "read line; exit 3");
        hub.await("panes A=0|;hub-s1=0|;");
        tmux("set-option", "-p", "-t", "A:", "@muster_lost", "1");
        hub.await("panes A=0|1;hub-s1=0|;");
        tmux("set-option", "-pu", "-t", "A:", "@muster_lost");
        hub.await("panes A=0|;hub-s1=0|;");
        tmux("send-keys", "-t", "A:", "Enter");
        hub.await("panes A=1|;hub-s1=0|;");
        tmux("kill-session", "-t", "A");
        hub.await("panes hub-s1=0|;");
    }

    /// A control client that connects while a session begins or ends takes tmux 3.3a down: of such
    /// ones this test saw a crash within 60 sessions.
    @Test
    void keepsTheServerWhileHubsComeAndGo() throws Exception {
        hub("sh").await("panes hub-s1=0|;");
        String server = tmux("display-message", "-p", "#{pid}");
        Random random = new Random(11);
        Thread sessions =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 0; i < 150; i++) {
                                        quietly("new-session", "-d", "-s", "S" + i, "exit 1");
                                        quietly("kill-session", "-t", "S" + i);
                                    }
                                });
        for (int i = 0; i < 40; i++) {
            Process hub = host.start("sh", HUB);
            // At any moment of its coming.
            hub.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS);
            hub.destroyForcibly();
        }
        sessions.join();
        assertThat(tmux("display-message", "-p", "#{pid}")).isEqualTo(server);
        hub("sh").await("panes hub-s1=0|;");
    }

    @Test
    void isHeardByEveryServiceOfAHost() throws Exception {
        Lines first = hub("sh");
        first.await("panes hub-s1=0|;");
        Lines second = new Lines(host.start("sh", HostScript.named("hub", "v", "s2")));
        for (Lines hub : List.of(first, second)) {
            hub.await("panes hub-s1=0|;hub-s2=0|;");
        }
        tmux("new-session", "-d", "-s", "A", "exec cat");
        for (Lines hub : List.of(first, second)) {
            hub.await("panes A=0|;hub-s1=0|;hub-s2=0|;");
        }
    }

    @Test
    void endsWhenItsWatcherHasGone() throws Exception {
        Path lease = Files.createFile(host.state().resolve(LEASE));
        Lines hub = hub("sh");
        hub.await("panes hub-s1=0|;");
        tmux("wait-for", "-S", "hub-s1");
        hub.await("alive");
        Files.delete(lease);
        tmux("wait-for", "-S", "hub-s1");
        assertThat(hub.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void makesItsSessionAnewWhenAnOlderWatcherTookItAway() throws Exception {
        Lines hub = hub("sh");
        hub.await("panes hub-s1=0|;");
        tmux("new-session", "-d", "-s", "A", "exec cat");
        tmux("kill-session", "-t", "=hub-s1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> tmux("list-sessions", "-F", "#{session_name}").contains("hub-s1"));
        assertThat(hub.process.isAlive()).isTrue();
    }

    @Test
    void endsWithTheServerAndStartsNone() throws Exception {
        Lines hub = hub("sh");
        hub.await("panes hub-s1=0|;");
        tmux("kill-server");
        assertThat(hub.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tmux("-N", "list-sessions")).isEmpty();
    }

    private Lines hub(String shell) throws IOException {
        return new Lines(host.start(shell, HUB));
    }

    private String tmux(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", "tmux.sock"));
        command.addAll(List.of(args));
        Process process = host.start(command);
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said.strip();
    }

    private void quietly(String... args) {
        try {
            tmux(args);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a hub says, line by line.
    private final class Lines {
        private final Process process;
        private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

        Lines(Process process) {
            this.process = process;
            begun.add(process);
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(said::add);
            } catch (IOException e) {
                said.add("broken: " + e);
            }
        }

        /// Waits for that line, and passes over what came before it.
        void await(String line) {
            Awaitility.await(line)
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(said).contains(line));
            while (!line.equals(said.poll())) {
                // Older news.
                Thread.onSpinWait();
            }
        }
    }
}
