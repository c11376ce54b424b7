package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.host.Repo;
import dev.muster.session.Session;
import dev.muster.session.State;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StraysTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Host HOST =
            new Host(
                    "dev-1",
                    new Reach.Local(Optional.empty()),
                    Map.of(),
                    false,
                    "claude",
                    AgentSpec.builtIn(),
                    Map.of(),
                    new LinkedHashMap<>(Map.of("api", Repo.at("~/src/api"))));

    private final Strays strays = new Strays(HOST, "/home/dev", List.of("~/.claude", "~/.max"));

    @Test
    void standsAsItsRegistrySays() {
        take("R 1 77 1 500 " + entry("busy", 77, "500"));
        assertThat(one().state()).isInstanceOf(State.Working.class);
        assertThat(one().pid()).isEqualTo(77);
        assertThat(one().spec().name()).isEqualTo("fix-the-tests");
        take("R 1 77 1 500 " + entry("idle", 77, "500"));
        assertThat(one().state()).isInstanceOf(State.Idle.class);
    }

    @Test
    void keepsItsIdOverALineAnotherConversationAndARestart() {
        take("R 1 77 1 500 " + entry("busy", 77, "500"));
        Session before = one();
        take("R 1 77 1 500 " + entry("busy", 77, "500").replace("0a55", "1b66"));
        assertThat(one().id()).isEqualTo(before.id());
        assertThat(one().spec().conversation()).startsWith("1b66");
    }

    @Test
    void doesNotTakeAnotherProcessOfTheSameNumberForIt() {
        take("R 1 77 1 900 " + entry("busy", 77, "500"));
        assertThat(one().state()).isInstanceOf(State.Crashed.class);
    }

    @Test
    void goesOnToRunWhereTheSystemTellsNoTime() {
        take("R 1 77 1 - " + entry("busy", 77, "Fri Nov 20 12:00:00 2026"));
        assertThat(one().state()).isInstanceOf(State.Working.class);
    }

    @Test
    void isShownForAWhileWhenItHasEnded() {
        take("R 1 77 1 500 " + entry("idle", 77, "500"));
        take("G 1 77");
        assertThat(one().state()).isInstanceOf(State.Finished.class);
        assertThat(strays.sessions(Map.of(), NOW.plus(Duration.ofMinutes(11)))).isEmpty();
    }

    @Test
    void belongsToTheRepoWhoseWorktreeItIsIn() {
        take("R 2 77 1 500 " + entry("idle", 77, "500"));
        CheckoutPlace place =
                new CheckoutPlace(
                        "/home/dev/src/api/.claude/worktrees/x", "/home/dev/src/api", "x");
        Session shown = strays.sessions(Map.of("/srv/x", place), NOW).getFirst();
        assertThat(shown.spec().repo()).isEqualTo("api");
        assertThat(shown.spec().branch()).isEqualTo("x");
        assertThat(shown.spec().adopted().configFolder()).isEqualTo("~/.max");
    }

    @Test
    void tellsTwoOfOneNameApart() {
        take("R 1 77 1 500 " + entry("idle", 77, "500"));
        take("R 1 78 1 501 " + entry("idle", 78, "501"));
        assertThat(strays.sessions(Map.of(), NOW))
                .extracting(s -> s.spec().name())
                .containsExactly("fix-the-tests", "fix-the-tests-78");
    }

    @Test
    void passesOverWhatItDoesNotUnderstand() {
        for (String line :
                List.of(
                        "R 1 77 1 500 {",
                        "R 1 77 1 500 {}",
                        "R 9 77 1 500 " + entry("idle", 77, "500"),
                        "R x 77 1 500 " + entry("idle", 77, "500"),
                        "R 1 77 1 500 " + entry("idle", 77, "500").replace("/srv/x", "srv"),
                        "R 1 77 1 500 " + entry("idle", 77, "500").replace("0a55", "'; rm"),
                        "G 1",
                        "",
                        "K")) {
            take(line);
        }
        assertThat(strays.sessions(Map.of(), NOW)).isEmpty();
    }

    private void take(String line) {
        assertThat(strays.take(line, NOW)).isNotNull();
    }

    private Session one() {
        List<Session> all = strays.sessions(Map.of(), NOW);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String entry(String status, long pid, String began) {
        return """
        {"pid":%d,"sessionId":"0a55e3de-92c9","cwd":"/srv/x","startedAt":1795212855218,\
        "procStart":"%s","name":"fix the tests","status":"%s","statusUpdatedAt":1795212855225}"""
                .formatted(pid, began, status);
    }
}
