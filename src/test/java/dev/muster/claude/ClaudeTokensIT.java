package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.Counters;
import dev.muster.session.Headless;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What a session of the real Claude Code used is what its model billed, to the token.
class ClaudeTokensIT extends WithClaude {
    @Test
    void countsWhatTheModelBilledThroughClearCompactResumeAndSubagents() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            SessionId id = hosts.start("dev-1", "spender", "say one");
            awaitSaid(hosts, id, "Heard: say one");
            awaitBill(hosts, id, model, "a turn");

            hosts.prompt(id, "RUN2:echo");
            awaitSaid(hosts, id, "All done.");
            awaitBill(hosts, id, model, "a reply of two blocks");

            hosts.prompt(id, "AGENT:say sub");
            awaitSaid(hosts, id, "Heard: ");
            awaitBill(hosts, id, model, "a subagent");

            hosts.prompt(id, "BUSY429:1");
            awaitSaid(hosts, id, "Heard: BUSY429:1");
            awaitBill(hosts, id, model, "a reply that came at the second try");

            model.release("compact");
            hosts.line(id, "/compact");
            Awaitility.await("the summary")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> hosts.screen(id).contains("Compacted"));
            hosts.fleet().await(id, State.Idle.class);
            // A summary stands in no transcript: it counts when the conversation is left.
            hosts.line(id, "/clear");
            awaitBill(hosts, id, model, "a summary");

            hosts.prompt(id, "say two");
            awaitSaid(hosts, id, "Heard: say two");
            awaitBill(hosts, id, model, "another conversation");
            hosts.line(id, "/exit");
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "the end");

            Counters before = settled(hosts, id);
            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "say three");
            awaitSaid(hosts, id, "Heard: say three");
            awaitBill(hosts, id, model, "a turn after it was resumed");
            awaitOneReply(hosts, id, before);

            before = settled(hosts, id);
            hosts.kill(id);
            hosts.fleet().await(id, State.Crashed.class);
            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "say four");
            awaitSaid(hosts, id, "Heard: say four");
            awaitBill(hosts, id, model, "a turn after it was killed");
            awaitOneReply(hosts, id, before);
            hosts.line(id, "/exit");
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "the end of all");
        }
    }

    @Test
    void countsWhatTheModelBilledWithoutAScreen() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts = new ClaudeHosts(folder, program, model, "dev-1")) {
            SessionId id = hosts.start("dev-1", "spender", "AGENT:say sub", Headless.ONCE);
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "a subagent");
            Counters before = settled(hosts, id);
            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            new SessionPrompts(hosts.fleet().fleet())
                    .send(id, Ulid.next(), "say two", false, false);
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "a turn after it was resumed");
            awaitOneReply(hosts, id, before);
        }
    }

    /// What the conversation had cost before its process began does not count again.
    private static void awaitOneReply(ClaudeHosts hosts, SessionId id, Counters before) {
        Awaitility.await("the cost of a reply")
                .atMost(Duration.ofSeconds(20))
                .until(() -> used(hosts, id).costMicros() > before.costMicros());
        long cost = settled(hosts, id).costMicros() - before.costMicros();
        assertThat(cost).isBetween(20_000L, 30_000L);
    }

    /// The cost comes by its status line, some moments after the tokens: when it stands still.
    private static Counters settled(ClaudeHosts hosts, SessionId id) {
        AtomicReference<Counters> last = new AtomicReference<>(used(hosts, id));
        Awaitility.await("the cost stands still")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> last.getAndSet(used(hosts, id)).equals(last.get()));
        return last.get();
    }

    private static Counters used(ClaudeHosts hosts, SessionId id) {
        return hosts.fleet().session(id).meter().total();
    }

    private static void awaitBill(ClaudeHosts hosts, SessionId id, StubModel model, String after) {
        Awaitility.await("the bill after " + after)
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            Counters used = used(hosts, id);
                            assertThat(used.outputTokens()).isEqualTo(model.got());
                            assertThat(used.inputTokens()).isEqualTo(model.sent());
                        });
    }

    private static void awaitSaid(ClaudeHosts hosts, SessionId id, String last) {
        Awaitility.await(last)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            String said = hosts.fleet().session(id).activity().lastMessage();
                            return said != null && said.startsWith(last.strip());
                        });
        hosts.fleet().await(id, State.Idle.class);
    }
}
