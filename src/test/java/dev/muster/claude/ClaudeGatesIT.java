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
            press(hosts, id, "Down", "❯ Yes, I trust");
            press(hosts, id, "Enter", "say hello");
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
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hosts.screen(id).contains("my \"line\" ok"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).meter().total())
                                            .matches(t -> t.costUsd() > 0 && t.inputTokens() > 0));
        }
    }

    @Test
    void isLimitedUntilItsSubscriptionsWindowBeginsAnew() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(
                                folder, program, model, true, ClaudeHosts.SIGNED_IN, "dev-1")) {
            SessionId id = hosts.start("dev-1", "limited", "say hello");
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "QUOTA");
            hosts.fleet().await(id, State.RateLimited.class);
            // Its status line stands still behind the dialog in which it asks what to do now.
            hosts.answer(id, "Escape");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
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
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hosts.screen(id).contains("Not logged in"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(hosts.fleet().session(id).state())
                                            .isEqualTo(
                                                    new State.Blocked(
                                                            "it is not signed in: do `/login` in"
                                                                    + " `muster attach`")));
        }
    }

    /// Types a key into the dialog until the screen shows what comes of it: for a moment after it
    // is
    /// drawn it hears none. Never at once again: two keys lead elsewhere than one.
    private static void press(ClaudeHosts hosts, SessionId id, String key, String then)
            throws Exception {
        Awaitility.await("the dialog on the screen, for some moments")
                .atMost(Duration.ofSeconds(60))
                .during(Duration.ofSeconds(1))
                .until(() -> hosts.screen(id).contains("No, exit"));
        int times = 0;
        do {
            assertThat(times++).as("%s leads to: %s", key, then).isLessThan(10);
            hosts.type(id, key);
        } while (!hosts.comesToShow(id, then, Duration.ofSeconds(5)));
    }

    private static void awaitAnswer(ClaudeHosts hosts, SessionId id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(hosts.fleet().session(id).state())
                                        .isEqualTo(new State.Idle("Heard: say hello")));
    }
}
