package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.Stance;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final AgentEvent BEGAN = new AgentEvent.Began("c1", "startup", "m");
    private static final AgentEvent PROMPTED = new AgentEvent.Prompted("do it", "d");
    private static final AgentEvent ENDED = new AgentEvent.TurnEnded("done");

    @Test
    void startsUntilItSpeaks() {
        assertThat(state()).isEqualTo(new State.Starting(null));
        assertThat(state(new AgentEvent.Gated("trust", "trust?")))
                .isEqualTo(new State.Blocked("trust?"));
        assertThat(state(new AgentEvent.Gated("trust", "trust?"), BEGAN))
                .isEqualTo(new State.Idle(null));
    }

    @Test
    void namesTheToolAtWork() {
        assertThat(state(BEGAN, PROMPTED)).isEqualTo(new State.Working(null));
        assertThat(state(BEGAN, PROMPTED, tool("t1", "npm test")))
                .isEqualTo(new State.Working("Bash: npm test"));
        assertThat(state(BEGAN, PROMPTED, tool("t1", "npm test"), toolEnded("t1")))
                .isEqualTo(new State.Working(null));
    }

    @Test
    void isIdleAfterItsTurnWithItsLastWords() {
        assertThat(state(BEGAN, PROMPTED, ENDED)).isEqualTo(new State.Idle("done"));
    }

    @Test
    void waitsForItsStandingBeforeItIsIdleSinceAQueuedPromptMayFollow() {
        assertThat(state(BEGAN, PROMPTED, stands(Stance.BUSY), PROMPTED, ENDED).word())
                .isEqualTo("working");
        assertThat(
                        state(
                                BEGAN,
                                PROMPTED,
                                stands(Stance.BUSY),
                                PROMPTED,
                                ENDED,
                                ENDED,
                                stands(Stance.IDLE)))
                .isEqualTo(new State.Idle("done"));
    }

    @Test
    void isIdleAfterAnEscThatNoHookTells() {
        assertThat(
                        state(
                                BEGAN,
                                PROMPTED,
                                stands(Stance.BUSY),
                                tool("t1", "sleep"),
                                stands(Stance.IDLE)))
                .isEqualTo(new State.Idle(null));
    }

    @Test
    void needsApprovalUntilTheToolEndsOrTheRequestIsSettled() {
        AgentEvent[] asked = {BEGAN, PROMPTED, tool("t1", "npm test"), asks("r1", "npm test")};
        assertThat(state(asked)).isEqualTo(new State.NeedsApproval("Bash: npm test"));
        assertThat(state(asked, toolEnded("t1")).word()).isEqualTo("working");
        assertThat(state(asked, settled("r1")).word()).isEqualTo("working");
        assertThat(state(asked, ENDED).word()).isEqualTo("idle");
    }

    @Test
    void needsApprovalNoMoreOnceItsStandingLeavesWaiting() {
        AgentEvent[] asked = {BEGAN, PROMPTED, stands(Stance.BUSY), asks("r1", "npm test")};
        assertThat(state(asked, stands(Stance.BUSY)).word())
                .as("the standing had not said yet that it waits")
                .isEqualTo("needs-approval");
        assertThat(state(asked, stands(Stance.WAITING), stands(Stance.BUSY)).word())
                .isEqualTo("working");
        assertThat(state(asked, stands(Stance.WAITING), stands(Stance.IDLE)).word())
                .isEqualTo("idle");
    }

    @Test
    void keepsTheSecondOfTwoRequestsThatWaitAtOnce() {
        AgentEvent[] two = {
            BEGAN, PROMPTED, asks("r1", "one"), asks("r2", "two"), stands(Stance.WAITING)
        };
        assertThat(state(two, settled("r1"))).isEqualTo(new State.NeedsApproval("Bash: two"));
        assertThat(state(two, settled("r1"), stands(Stance.BUSY), stands(Stance.WAITING)))
                .as("its standing flickered between the two dialogs")
                .isEqualTo(new State.NeedsApproval("Bash: two"));
    }

    @Test
    void doesNotTakeUpARequestAnsweredByHandWhenAnotherComes() {
        assertThat(
                        fold(
                                        BEGAN,
                                        PROMPTED,
                                        asks("r1", "one"),
                                        stands(Stance.WAITING),
                                        stands(Stance.BUSY),
                                        asks("r2", "two"),
                                        stands(Stance.WAITING))
                                .requests())
                .extracting(Request::id)
                .containsExactly("r2");
    }

    @Test
    void knowsOfADialogThatNoHookTold() {
        assertThat(state(BEGAN, new AgentEvent.Standing(Stance.WAITING, "sandbox request")))
                .isEqualTo(new State.NeedsInput("sandbox request, on its own screen"));
    }

    @Test
    void isLimitedUntilTheWindowResets() {
        Reading full =
                new Reading(
                        null, null, null, null, null, null, null, new Reading.Window(100, T), null);
        AgentEvent[] limited = {
            BEGAN,
            PROMPTED,
            new AgentEvent.Used(full),
            new AgentEvent.TurnFailed("rate_limit", "You've hit your limit")
        };
        assertThat(state(limited)).isEqualTo(new State.RateLimited("You've hit your limit", T));
        assertThat(state(limited, PROMPTED).word()).isEqualTo("working");
        assertThat(state(limited, stands(Stance.IDLE), stands(Stance.BUSY)).word())
                .isEqualTo("working");
    }

    @Test
    void isLimitedWhileItAsksWhatToDoAboutTheLimit() {
        AgentEvent[] limited = {
            BEGAN,
            PROMPTED,
            stands(Stance.BUSY),
            new AgentEvent.TurnFailed("rate_limit", "You've hit your limit"),
            new AgentEvent.Standing(Stance.WAITING, "dialog open")
        };
        assertThat(state(limited)).isEqualTo(new State.RateLimited("You've hit your limit", null));
        assertThat(state(limited, stands(Stance.IDLE)).word()).isEqualTo("rate-limited");
        assertThat(state(limited, stands(Stance.BUSY)).word()).isEqualTo("working");
        assertThat(state(limited, stands(Stance.IDLE), stands(Stance.BUSY)).word())
                .isEqualTo("working");
    }

    @Test
    void isBlockedWhenNobodyIsSignedIn() {
        AgentEvent failed = new AgentEvent.TurnFailed("authentication_failed", "Not logged in");
        assertThat(state(BEGAN, PROMPTED, failed).word()).isEqualTo("blocked");
        assertThat(state(BEGAN, PROMPTED, failed, PROMPTED).word()).isEqualTo("working");
    }

    @Test
    void namesTheToolOfADialogThatNoHookTold() {
        assertThat(state(BEGAN, PROMPTED, tool("t1", "npm test"), stands(Stance.WAITING)))
                .isEqualTo(new State.NeedsApproval("Bash: npm test, on its own screen"));
    }

    @Test
    void knowsTheDialogThatOnlyItsScreenAnswersUntilAHookTellsOfIt() {
        AgentEvent[] before = {BEGAN, PROMPTED, tool("t1", "npm test"), stands(Stance.WAITING)};
        assertThat(fold(before).dialog())
                .contains(new Activity.Dialog(true, "Bash", "Bash: npm test"));
        assertThat(fold(before).apply(asks("r1", "npm test")).dialog()).isEmpty();
        assertThat(fold(before).apply(stands(Stance.BUSY)).dialog()).isEmpty();
        assertThat(fold(BEGAN, new AgentEvent.Standing(Stance.WAITING, "dialog open")).dialog())
                .contains(new Activity.Dialog(false, "", "dialog open"));
    }

    /// Gemini's hook says what it waits for; its title only that it waits, and of the time before
    /// that maybe later.
    @Test
    void knowsWhatItWaitsForThoughATitleFromBeforeIsReadLate() {
        AgentEvent[] waits = {
            BEGAN,
            PROMPTED,
            new AgentEvent.Standing(Stance.WAITING, "an answer to its question"),
            stands(Stance.BUSY),
            new AgentEvent.Standing(Stance.WAITING, null)
        };
        assertThat(state(waits))
                .isEqualTo(new State.NeedsInput("an answer to its question, on its own screen"));
        assertThat(state(waits, stands(Stance.BUSY)).word()).isEqualTo("working");
        assertThat(state(waits, stands(Stance.IDLE), new AgentEvent.Standing(Stance.WAITING, null)))
                .isEqualTo(new State.NeedsInput("a dialog, on its own screen"));
    }

    @Test
    void retiresARequestThatItsStandingToldOfFirst() {
        AgentEvent[] asked = {BEGAN, PROMPTED, stands(Stance.WAITING), asks("r1", "one")};
        assertThat(state(asked)).isEqualTo(new State.NeedsApproval("Bash: one"));
        assertThat(state(asked, stands(Stance.BUSY)).word()).isEqualTo("working");
    }

    @Test
    void doesNotTakeANewRequestForTheDialogThatWasJustAnswered() {
        AgentEvent[] next = {
            BEGAN,
            PROMPTED,
            tool("t1", "one"),
            asks("r1", "one"),
            stands(Stance.WAITING),
            toolEnded("t1"),
            tool("t2", "two"),
            asks("r2", "two")
        };
        assertThat(state(next, stands(Stance.BUSY)))
                .as("its standing is late: it tells of the first")
                .isEqualTo(new State.NeedsApproval("Bash: two"));
        assertThat(
                        state(
                                        next,
                                        stands(Stance.BUSY),
                                        stands(Stance.WAITING),
                                        stands(Stance.BUSY))
                                .word())
                .isEqualTo("working");
    }

    @Test
    void forgetsTheToolsAndRequestsOfASubagentThatEnded() {
        AgentEvent byIt = new AgentEvent.ToolBegan("t9", "Bash", "x", "x", "sub");
        assertThat(fold(BEGAN, PROMPTED, byIt).tools()).hasSize(1);
        assertThat(fold(BEGAN, PROMPTED, byIt, new AgentEvent.SubagentEnded("sub")).tools())
                .isEmpty();
    }

    @Test
    void takesParallelToolsInAnyOrder() {
        assertThat(
                        state(
                                BEGAN,
                                PROMPTED,
                                tool("t1", "one"),
                                tool("t2", "two"),
                                toolEnded("t2"),
                                toolEnded("t2")))
                .isEqualTo(new State.Working("Bash: one"));
    }

    @Test
    void losesNothingForGoodWhenAHookIsKilled() {
        assertThat(
                        state(
                                BEGAN,
                                PROMPTED,
                                tool("t1", "its end is never told"),
                                stands(Stance.BUSY),
                                ENDED,
                                stands(Stance.IDLE)))
                .isEqualTo(new State.Idle("done"));
    }

    @Test
    void isIdleWhileTasksGoOnInTheBackground() {
        AgentEvent[] left = {
            BEGAN, PROMPTED, stands(Stance.BUSY), new AgentEvent.TurnEnded("serving", 2, 0)
        };
        AgentEvent idle = new AgentEvent.Standing(Stance.IDLE, AgentEvent.Standing.BACKGROUND);
        assertThat(state(left).word()).as("a subagent works on, say").isEqualTo("working");
        assertThat(state(left, idle))
                .isEqualTo(new State.Idle("2 tasks go on in the background: serving"));
        assertThat(state(left, idle, stands(Stance.IDLE))).isEqualTo(new State.Idle("serving"));
        assertThat(state(left, idle, PROMPTED).word()).isEqualTo("working");
    }

    @Test
    void staysBusyForASubagentBeforeItsStandingSaysSo() {
        AgentEvent[] left = {
            BEGAN, stands(Stance.IDLE), PROMPTED, new AgentEvent.TurnEnded("asked one", 0, 1)
        };
        assertThat(state(left).word()).isEqualTo("working");
        assertThat(state(left, stands(Stance.BUSY)).word()).isEqualTo("working");
        assertThat(state(left, stands(Stance.IDLE))).isEqualTo(new State.Idle("asked one"));
    }

    @Test
    void showsTheSecondRequestWhenItIsBusyWithTheFirstThatIsOver() {
        AgentEvent[] both = {
            BEGAN, PROMPTED, asks("r1", "one"), asks("r2", "two"), stands(Stance.WAITING)
        };
        State second = state(both, settled("r1"), stands(Stance.BUSY));
        assertThat(second).isEqualTo(new State.NeedsApproval("Bash: two"));
        assertThat(
                        state(
                                        both,
                                        settled("r1"),
                                        stands(Stance.BUSY),
                                        stands(Stance.WAITING),
                                        stands(Stance.BUSY))
                                .word())
                .isEqualTo("working");
    }

    @Test
    void keepsWorkingThroughACompaction() {
        AgentEvent compacted = new AgentEvent.Began("c1", "compact", null);
        assertThat(state(BEGAN, PROMPTED, new AgentEvent.Compacting(true)))
                .isEqualTo(new State.Working("compacting its conversation"));
        assertThat(state(BEGAN, PROMPTED, new AgentEvent.Compacting(true), compacted).word())
                .isEqualTo("working");
    }

    @Test
    void isWithoutWorkAfterAClear() {
        Activity cleared =
                fold(
                        BEGAN,
                        PROMPTED,
                        ENDED,
                        new AgentEvent.Ended("clear"),
                        new AgentEvent.Began("c2", "clear", null));
        assertThat(cleared.state()).isEqualTo(new State.Idle(null));
        assertThat(cleared.conversation()).isEqualTo("c2");
    }

    private static AgentEvent tool(String call, String what) {
        return new AgentEvent.ToolBegan(call, "Bash", what, what, null);
    }

    private static AgentEvent toolEnded(String call) {
        return new AgentEvent.ToolEnded(call, "Bash", null);
    }

    private static AgentEvent stands(Stance stance) {
        return new AgentEvent.Standing(
                stance, stance == Stance.WAITING ? "permission prompt" : null);
    }

    private static AgentEvent asks(String id, String what) {
        return new AgentEvent.Asked(
                new Request(
                        id,
                        Request.Kind.APPROVAL,
                        "Bash",
                        what,
                        JsonNodeFactory.instance.objectNode().put("command", what),
                        what,
                        List.of(),
                        null,
                        T));
    }

    private static AgentEvent settled(String id) {
        return new AgentEvent.Settled(id, AgentEvent.Settlement.ALLOWED, "me");
    }

    private static State state(AgentEvent... events) {
        return fold(events).state();
    }

    private static State state(AgentEvent[] before, AgentEvent... then) {
        Activity activity = fold(before);
        for (AgentEvent event : then) {
            activity = activity.apply(event);
        }
        return activity.state();
    }

    private static Activity fold(AgentEvent... events) {
        Activity activity = Activity.NONE;
        for (AgentEvent event : events) {
            activity = activity.apply(event);
        }
        return activity;
    }
}
