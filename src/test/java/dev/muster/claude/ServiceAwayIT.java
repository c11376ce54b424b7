package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Request;
import dev.muster.api.Ulid;
import dev.muster.fleet.Inbox;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.session.Counters;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The real Claude Code while there is no service: it works on as it would without Muster, and
/// what happened is known afterwards. What its hooks cost it then is in `bench/HookCostIT`.
class ServiceAwayIT extends WithClaude {
    @Test
    void worksOnAndTellsAllInOrderWhenTheServiceReturns() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            SessionId id = hosts.start("dev-1", "alone", "");
            hosts.fleet().await(id, State.Idle.class);
            Path worktree = hosts.fleet().worktree(id);
            hosts.serviceEnds();

            hosts.prompt(id, "say it");
            hosts.shows(id, "Heard: say it");
            hosts.prompt(id, "RUN:touch allowed");
            hosts.answer(id, "Enter");
            hosts.shows(id, "All done.");
            assertThat(worktree.resolve("allowed")).exists();
            hosts.line(id, "/clear");
            Awaitility.await("a clear screen")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !hosts.screen(id).contains("All done."));
            hosts.prompt(id, "RUN:touch refused");
            hosts.answer(id, "Escape");
            hosts.shows(id, "Interrupted");
            assertThat(worktree.resolve("refused")).doesNotExist();
            hosts.prompt(id, "ASK");
            hosts.shows(id, "Which colour?");
            hosts.answer(id, "Enter");
            hosts.shows(id, "All done.");
            hosts.prompt(id, "RUN:touch later");
            hosts.shows(id, "Do you want to proceed?");

            hosts.serviceBegins();
            // On its way there the board passes what was asked before.
            Awaitility.await("the board says what waits")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).state())
                                            .isEqualTo(
                                                    new State.NeedsApproval("Bash: touch later")));
            List<String> log = log(hosts, id);
            assertThat(log)
                    .filteredOn(line -> line.startsWith("asks: "))
                    .as("each once")
                    .containsExactly(
                            "asks: touch allowed",
                            "asks: touch refused",
                            "asks: Which colour?",
                            "asks: touch later");
            assertThat(log)
                    .containsSubsequence(
                            "prompted: say it",
                            "said: Heard: say it",
                            "prompted: RUN:touch allowed",
                            "uses: touch allowed",
                            "asks: touch allowed",
                            "has used: Bash",
                            "said: All done.",
                            "ended: clear",
                            "began: clear",
                            "prompted: RUN:touch refused",
                            "uses: touch refused",
                            "asks: touch refused",
                            "settled: CANCELLED",
                            "prompted: ASK",
                            "asks: Which colour?",
                            "said: All done.",
                            "prompted: RUN:touch later",
                            "uses: touch later",
                            "asks: touch later");
            assertThat(log)
                    .filteredOn(line -> line.startsWith("prompted: "))
                    .as("each once")
                    .containsExactly(
                            "prompted: say it",
                            "prompted: RUN:touch allowed",
                            "prompted: RUN:touch refused",
                            "prompted: ASK",
                            "prompted: RUN:touch later");
            Awaitility.await("what it used while nobody was there")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> {
                                Counters used = hosts.fleet().session(id).meter().total();
                                assertThat(used.inputTokens()).isEqualTo(model.sent());
                                assertThat(used.outputTokens()).isEqualTo(model.got());
                            });
            assertThat(failuresOfHooks()).isEmpty();

            Request waits = hosts.fleet().session(id).activity().requests().getFirst();
            new Inbox(hosts.fleet().fleet())
                    .answer(waits.id(), Ulid.next(), new Meant.Allow(false), "ann");
            hosts.fleet().await(id, State.Idle.class);
            assertThat(worktree.resolve("later")).exists();
        }
    }

    /// What Claude Code wrote down of hooks that failed.
    private List<String> failuresOfHooks() throws IOException {
        try (Stream<Path> files =
                Files.walk(ClaudeHosts.configFolder(folder, "dev-1").resolve("projects"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .flatMap(ServiceAwayIT::lines)
                    .filter(
                            line ->
                                    line.contains("\"hook_non_blocking_error\"")
                                            || line.contains("\"hook_error_during_execution\"")
                                            || line.contains("\"hookErrors\":[\""))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Everything but readings and standings, in short.
    private static List<String> log(ClaudeHosts hosts, SessionId id) {
        return hosts.fleet().fleet().history(id, 0, 1000).stream()
                .flatMap(line -> inShort(line.event()).stream())
                .toList();
    }

    private static Optional<String> inShort(SessionEvent event) {
        if (!(event instanceof SessionEvent.Said said)) {
            return Optional.empty();
        }
        return switch (said.what()) {
            case AgentEvent.Prompted e -> Optional.of("prompted: " + e.head());
            case AgentEvent.ToolBegan e -> Optional.of("uses: " + e.what());
            case AgentEvent.ToolEnded e -> Optional.of("has used: " + e.tool());
            case AgentEvent.Asked e -> Optional.of("asks: " + e.request().summary());
            case AgentEvent.Settled e -> Optional.of("settled: " + e.how());
            case AgentEvent.TurnEnded e -> Optional.of("said: " + e.lastMessage());
            case AgentEvent.Began e -> Optional.of("began: " + e.source());
            case AgentEvent.Ended e -> Optional.of("ended: " + e.reason());
            default -> Optional.empty();
        };
    }
}
