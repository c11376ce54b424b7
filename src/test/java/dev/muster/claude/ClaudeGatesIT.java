package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What stands around the real Claude Code: its questions before it starts, the user's own
/// settings, and the limits of a subscription.
class ClaudeGatesIT extends WithClaude {
    @Test
    void isBlockedByTheTrustQuestionUntilAPersonAnswersIt() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(folder, program, model, false, Map.of(), "dev-1")) {
            SessionId id = hosts.start("dev-1", "gated", "say hello");
            hosts.fleet().await(id, State.Blocked.class);
            assertThat(hosts.fleet().session(id).state().detail())
                    .contains("whether to trust " + folder.resolve("home-dev-1/api"))
                    .contains("muster attach")
                    .contains("`trust: true`");
            // It hears no key for a moment after it is drawn.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(700))
                    .until(
                            () -> {
                                String screen = hosts.screen(id);
                                if (screen.contains("❯ No, exit")) {
                                    hosts.type(id, "Down");
                                } else if (screen.contains("❯ Yes, I trust")) {
                                    hosts.type(id, "Enter");
                                }
                                return screen.contains("say hello");
                            });
            awaitAnswer(hosts, id);
        }
    }

    @Test
    void leavesTheUsersOwnHooksAndStatusLineAtWork() throws Exception {
        Path config = Files.createDirectories(ClaudeHosts.configFolder(folder, "dev-1"));
        Path own = folder.resolve("own hook.log");
        Files.writeString(
                config.resolve("settings.json"),
                """
                {
                  "statusLine": {"type": "command", "command": "printf 'my \\"line\\" %%s' ok", "padding": 1},
                  "hooks": {"UserPromptSubmit": [{"hooks": [
                    {"type": "command", "command": "cat >> '%s'"}
                  ]}]}
                }
                """
                        .formatted(own));
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            SessionId id = hosts.start("dev-1", "own", "say hello");
            awaitAnswer(hosts, id);
            assertThat(Files.readString(own)).contains("\"prompt\":\"say hello\"");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> hosts.screen(id).contains("my \"line\" ok"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).meter().total())
                                            .matches(t -> t.costUsd() > 0 && t.inputTokens() > 0));
        }
    }

    @Test
    void isLimitedUntilItsSubscriptionsWindowBeginsAnew() throws Exception {
        Map<String, String> signedIn =
                Map.of(
                        "ANTHROPIC_API_KEY",
                        "",
                        "CLAUDE_CODE_OAUTH_TOKEN",
                        "sk-ant-oat01-of-no-use");
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(folder, program, model, true, signedIn, "dev-1")) {
            SessionId id = hosts.start("dev-1", "limited", "say hello");
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "QUOTA");
            hosts.fleet().await(id, State.RateLimited.class);
            // Its status line stands still behind the dialog in which it asks what to do now.
            hosts.type(id, "Escape");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).state())
                                            .isInstanceOfSatisfying(
                                                    State.RateLimited.class,
                                                    limited ->
                                                            assertThat(limited.until())
                                                                    .isEqualTo(StubModel.RESET)));
        }
    }

    @Test
    void saysThatNobodyIsSignedIn() throws Exception {
        Map<String, String> nobody = Map.of("ANTHROPIC_API_KEY", "");
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(folder, program, model, true, nobody, "dev-1")) {
            SessionId id = hosts.start("dev-1", "nobody", "say hello");
            hosts.fleet().await(id, State.Blocked.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> hosts.screen(id).contains("Not logged in"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).state())
                                            .isEqualTo(
                                                    new State.Blocked(
                                                            "it is not signed in: do `/login` in"
                                                                    + " `muster attach`")));
        }
    }

    private static void awaitAnswer(ClaudeHosts hosts, SessionId id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(hosts.fleet().session(id).state())
                                        .isEqualTo(new State.Idle("Heard: say hello")));
    }
}
