package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sidecar that reads Claude Code's session registry, in the shells that hosts have.
@Execution(ExecutionMode.CONCURRENT)
class RegistryScriptIT {
    private static final String SESSION = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final Duration HELD = Duration.ofMillis(1500);
    private static final Path LIB = Path.of("src/main/resources/scripts/lib");

    @TempDir Path state;
    private Path run;
    private Process agent;

    @BeforeEach
    void hasASession() throws Exception {
        run = Files.createDirectories(state.resolve("sessions/" + SESSION + "/run.1"));
        Path lib = Files.createDirectories(state.resolve("lib/v"));
        for (String name : List.of("registry.sh", "journal.sh", "json.sh", "tokens.sh")) {
            Files.copy(LIB.resolve(name), lib.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(state.resolve("gen"), "g1\n");
        Files.createFile(state.resolve("journal.g1"));
        Files.createDirectories(state.resolve("claude/sessions"));
        agent = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void endsTheAgent() {
        agent.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void leavesOutTheFileOfADeadOneThatHadTheSameNumber(String shell) throws Exception {
        says("busy", 1);
        Process sidecar = sidecar(shell);
        says("idle", 2);
        awaitSaid("\"status\":\"idle\"");
        end(sidecar);
        assertThat(said()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void tellsEachChangeOnceAndEndsWithItsAgentWhateverTheFileSaysThen(String shell)
            throws Exception {
        Process sidecar = sidecar(shell);
        says("idle", 1);
        awaitSaid("\"status\":\"idle\"");
        says("busy", 2);
        awaitSaid("\"status\":\"busy\"");
        says("shell", 3);
        awaitSaid("\"status\":\"shell\"");
        says("busy", 4);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> said().size() == 4);
        // Killed, it leaves its file as it was.
        end(sidecar);
        assertThat(said()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void holdsBackForAWhileAnIdleThatIsOlderThanTheNewestPrompt(String shell) throws Exception {
        Process sidecar = sidecar(shell);
        says("busy", 1);
        awaitSaid("\"status\":\"busy\"");
        Files.writeString(run.resolve("prompted"), "1795212859000\n");
        long begin = System.nanoTime();
        says("idle", 2);
        // A hook of the user's may have refused the prompt: then it stands as it says.
        awaitSaid("\"status\":\"idle\"");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(HELD);
        end(sidecar);
    }

    private void end(Process sidecar) throws InterruptedException {
        agent.destroyForcibly();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /// @param at the later, the greater
    private void says(String status, int at) throws IOException {
        Path file = state.resolve("claude/sessions/" + agent.pid() + ".json");
        Path next =
                Files.writeString(
                        state.resolve("next"),
                        "{\"pid\":%d,\"sessionId\":\"c1\",\"status\":\"%s\",\"statusUpdatedAt\":%d}"
                                .formatted(agent.pid(), status, 1795212850000L + at));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Process sidecar(String shell) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v " + command.getFirst() + " >/dev/null")
                                .start()
                                .waitFor()
                        == 0,
                shell + " is not installed");
        command.addAll(
                List.of(
                        state.resolve("lib/v/registry.sh").toString(),
                        run.toString(),
                        String.valueOf(agent.pid()),
                        state.resolve("claude/sessions").toString(),
                        ""));
        Process sidecar = new ProcessBuilder(command).inheritIO().start();
        // Then it has seen which file was there before.
        Awaitility.await("its first look")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(run.resolve("tokens/since")));
        return sidecar;
    }

    private void awaitSaid(String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> said().stream().anyMatch(line -> line.contains(text)));
    }

    /// What was said of the registry.
    private List<String> said() throws IOException {
        try (Stream<String> lines = Files.lines(state.resolve("journal.g1"))) {
            return lines.filter(line -> line.contains("\"src\":\"registry\"")).toList();
        }
    }
}
