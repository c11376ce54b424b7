package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.Counters;
import dev.muster.session.Headless;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What a session of the real Claude Code used is what its model billed, to the token.
class ClaudeTokensIT extends WithClaude {
    @Test
    void countsWhatTheModelBilledThroughClearCompactResumeAndSubagents() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(
                                folder, program, model, true, ClaudeHosts.SIGNED_IN, "dev-1")) {
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
                    .atMost(Duration.ofSeconds(60))
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

            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "say three");
            awaitSaid(hosts, id, "Heard: say three");
            awaitBill(hosts, id, model, "a turn after it was resumed");

            hosts.kill(id);
            hosts.fleet().await(id, State.Crashed.class);
            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            hosts.prompt(id, "say four");
            awaitSaid(hosts, id, "Heard: say four");
            awaitBill(hosts, id, model, "a turn after it was killed");
            hosts.line(id, "/exit");
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "the end of all");
        }
    }

    @Test
    void countsWhatTheModelBilledWithoutAScreen() throws Exception {
        try (StubModel model = new StubModel();
                ClaudeHosts hosts =
                        new ClaudeHosts(
                                folder, program, model, true, ClaudeHosts.SIGNED_IN, "dev-1")) {
            SessionId id = hosts.start("dev-1", "spender", "AGENT:say sub", Headless.ONCE);
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "a subagent");
            hosts.fleet().starts().resume(id);
            hosts.fleet().await(id, State.Idle.class);
            new SessionPrompts(hosts.fleet().fleet())
                    .send(id, Ulid.next(), "say two", false, false);
            hosts.fleet().await(id, State.Finished.class);
            awaitBill(hosts, id, model, "a turn after it was resumed");
        }
    }

    private static Counters used(ClaudeHosts hosts, SessionId id) {
        return hosts.fleet().session(id).meter().total();
    }

    /// The cost comes by its status line, some moments after the tokens. What a conversation had
    /// cost before it was resumed does not count again.
    private static void awaitBill(ClaudeHosts hosts, SessionId id, StubModel model, String after) {
        Awaitility.await("the bill after " + after)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            Counters used = used(hosts, id);
                            assertThat(used.outputTokens()).isEqualTo(model.got());
                            assertThat(used.inputTokens()).isEqualTo(model.sent());
                            assertThat(used.costMicros()).isEqualTo(model.bill().costMicros());
                        });
    }

    private static void awaitSaid(ClaudeHosts hosts, SessionId id, String last) {
        Awaitility.await(last)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            String said = hosts.fleet().session(id).activity().lastMessage();
                            return said != null && said.startsWith(last.strip());
                        });
        hosts.fleet().await(id, State.Idle.class);
    }
}
