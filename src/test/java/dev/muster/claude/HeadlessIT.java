package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.agent.AgentEvent;
import dev.muster.api.Ulid;
import dev.muster.fleet.Refused;
import dev.muster.fleet.SessionPrompts;
import dev.muster.fleet.TestFleet;
import dev.muster.session.Headless;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real Claude Code without a screen, on a real OpenSSH server: what
/// {@link HeadlessLifeIT} does not pass by.
class HeadlessIT {
    @TempDir Path folder;
    private StubModel model;
    private ClaudeHosts hosts;
    private TestFleet fleet;

    @BeforeEach
    void needsTheRealThing() throws Exception {
        TestSshd.assumeInstalled();
        Path program = ClaudeProgram.find();
        model = new StubModel();
        hosts = new ClaudeHosts(folder, program, model, "dev-1");
        fleet = hosts.fleet();
    }

    @AfterEach
    void endsThem() throws Exception {
        if (hosts != null) {
            hosts.close();
            model.close();
        }
    }

    @Test
    void finishesWhenItsPromptIsDone() throws Exception {
        SessionId id = hosts.start("dev-1", "once", "say \"it\" \\ é\tnow", Headless.ONCE);
        fleet.await(id, State.Finished.class);
        Session session = fleet.session(id);
        assertThat(session.status()).isZero();
        assertThat(session.activity().lastMessage()).isEqualTo("Heard: say \"it\" \\ é\tnow");
        assertThat(session.activity().reading())
                .satisfies(
                        reading -> {
                            assertThat(reading.costUsd()).isPositive();
                            assertThat(reading.contextUsedPercent()).isPositive();
                            assertThat(reading.outputTokens()).isPositive();
                        });
        assertThat(said(id, AgentEvent.Prompted.class)).hasSize(1);
        assertThat(fleet.terminals().screen(id, 0)).contains("> say", "* Heard: say");
    }

    @Test
    void failsWithATurnThatFailed() throws Exception {
        SessionId id = hosts.start("dev-1", "fails", "FAIL:400", Headless.ONCE);
        fleet.await(id, State.Failed.class);
        assertThat(fleet.session(id).activity().failure()).isNotNull();
    }

    @Test
    void takesWhatItIsToldOnceAndInOrder() throws Exception {
        SessionId id = hosts.start("dev-1", "talk", "HOLD:a", Headless.KEEP);
        fleet.await(id, State.Working.class);
        String two = Ulid.next();
        send(id, two, "two");
        send(id, Ulid.next(), "/three");
        send(id, two, "two");
        model.release("a");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(fleet.session(id).activity().lastMessage())
                                        .contains("/three"));
        fleet.await(id, State.Idle.class);
        // What waits when a turn ends may be taken as one.
        assertThat(said(id, AgentEvent.Prompted.class).map(e -> ((AgentEvent.Prompted) e).head()))
                .containsExactly("HOLD:a", "two", "\\/three");
        fleet.ends().stop(id, "test");
        fleet.await(id, State.Stopped.class);
    }

    @Test
    void isInterruptedAndGoneOnWith() throws Exception {
        SessionId id = hosts.start("dev-1", "stopped", "HOLD:b", Headless.ONCE);
        fleet.await(id, State.Working.class);
        model.awaitPrompt("HOLD:b");
        assertThat(prompts().interrupt(id)).contains("is interrupted");
        fleet.await(id, State.Idle.class);
        assertThatThrownBy(() -> prompts().interrupt(id))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.sentence()).contains("idle"));
        // What was interrupted is still in the conversation, and is read by the model once more.
        model.release("b");
        send(id, Ulid.next(), "go on");
        fleet.await(id, State.Finished.class);
    }

    @Test
    void waitsWhereALimitIsMet() throws Exception {
        SessionId id = hosts.start("dev-1", "limited", "BUSY429:1", Headless.KEEP);
        fleet.await(id, State.Idle.class);
        awaitSaid(id, "Heard: BUSY429:1");
        assertThat(said(id, AgentEvent.Retrying.class)).hasSize(1);
        send(id, Ulid.next(), "QUOTA");
        fleet.await(id, State.RateLimited.class);
    }

    private SessionPrompts prompts() {
        return new SessionPrompts(fleet.fleet());
    }

    private void send(SessionId id, String prompt, String text) throws Exception {
        assertThat(prompts().send(id, prompt, text, false, false)).contains("takes it once");
    }

    private Stream<AgentEvent> said(SessionId id, Class<? extends AgentEvent> type) {
        return fleet.fleet().history(id, 0, 1000).stream()
                .map(line -> line.event())
                .filter(SessionEvent.Said.class::isInstance)
                .map(event -> ((SessionEvent.Said) event).what())
                .filter(type::isInstance);
    }

    private void awaitSaid(SessionId id, String last) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(fleet.session(id).activity().lastMessage())
                                        .isEqualTo(last));
    }
}
