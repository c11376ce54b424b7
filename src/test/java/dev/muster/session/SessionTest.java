package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.SessionEvent.Step.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionId ID = new SessionId("01K00000000000000000000001");

    @Test
    void goesThroughItsLife() {
        Session session = asked();
        session = session.apply(new SessionEvent.Asked(T, 1));
        assertThat(session.state().word()).isEqualTo("queued");
        session = session.apply(new SessionEvent.Step(T, 1, "worktree", Phase.BEGIN, null));
        assertThat(session.state().word()).isEqualTo("preparing");
        session = session.apply(new SessionEvent.Started(T, 1, 42));
        assertThat(session.state().word()).isEqualTo("working");
        assertThat(session.estimated()).isTrue();
        session = session.apply(new SessionEvent.Reported(T, "needs-input", "which?"));
        assertThat(session.state()).isEqualTo(new State.NeedsInput("which?"));
        assertThat(session.estimated()).isFalse();
        session = session.apply(new SessionEvent.Exited(T, 1, 0));
        assertThat(session.state().word()).isEqualTo("finished");
    }

    @Test
    void callsAnEndingWhatItIs() {
        assertThat(ended(0).word()).isEqualTo("finished");
        assertThat(ended(3)).isEqualTo(new State.Failed("exit code 3"));
        assertThat(ended(137)).isEqualTo(new State.Crashed("ended by signal KILL"));
        assertThat(ended(200)).isEqualTo(new State.Failed("exit code 200"));
    }

    @Test
    void isStoppedWhenSomebodyAskedHoweverItEnded() {
        Session session =
                running()
                        .apply(new SessionEvent.StopAsked(T, 1, "ada"))
                        .apply(new SessionEvent.Exited(T, 1, 143));
        assertThat(session.state()).isEqualTo(new State.Stopped("by ada"));
        session =
                running()
                        .apply(new SessionEvent.StopAsked(T, 1, "ada"))
                        .apply(new SessionEvent.Swept(T, 1, 42L, null, false));
        assertThat(session.state().word()).isEqualTo("stopped");
    }

    @Test
    void isStoppedAlsoWhenTheAskingIsReadAfterTheEnd() {
        SessionEvent asked = new SessionEvent.StopAsked(T, 1, "ada");
        assertThat(running().apply(new SessionEvent.Exited(T, 1, 143)).apply(asked).state())
                .isEqualTo(new State.Stopped("by ada"));
        assertThat(
                        running()
                                .apply(new SessionEvent.Swept(T, 1, 42L, null, false))
                                .apply(asked)
                                .state())
                .isEqualTo(new State.Stopped("by ada"));
        assertThat(
                        running()
                                .apply(new SessionEvent.Exited(T, 1, 143))
                                .apply(new SessionEvent.StopAsked(T, 2, "ada"))
                                .state()
                                .word())
                .isNotEqualTo("stopped");
    }

    @Test
    void isUnmovedByARepeatedOrOlderEvent() {
        Session ended = running().apply(new SessionEvent.Exited(T, 1, 3));
        for (SessionEvent event :
                List.of(
                        new SessionEvent.Asked(T, 1),
                        new SessionEvent.Started(T, 1, 42),
                        new SessionEvent.Reported(T, "working", null),
                        new SessionEvent.Exited(T, 1, 0),
                        new SessionEvent.Step(T, 1, "setup", Phase.BEGIN, null),
                        new SessionEvent.Swept(T, 1, 42L, null, false),
                        new SessionEvent.Missing(T, "gone"))) {
            assertThat(ended.apply(event)).as("%s", event).isEqualTo(ended);
        }
    }

    @Test
    void isNotCrashedWhileTmuxCouldNotBeAsked() {
        assertThat(running().apply(new SessionEvent.Swept(T, 1, 42L, null, null)).state().word())
                .isEqualTo("working");
        assertThat(running().apply(new SessionEvent.Swept(T, 1, 42L, null, false)).state().word())
                .isEqualTo("crashed");
    }

    @Test
    void learnsFromTheHostWhatItsJournalCouldNotSay() {
        Session session = asked().apply(new SessionEvent.Asked(T, 1));
        assertThat(session.apply(new SessionEvent.Swept(T, 1, 42L, 0, false)).state().word())
                .isEqualTo("finished");
        assertThat(session.apply(new SessionEvent.Swept(T, 1, 42L, null, true)).pid())
                .isEqualTo(42L);
    }

    @Test
    void isNoNewsThatItIsAsItWas() {
        java.time.Instant later = T.plusSeconds(60);
        assertThat(running().isNews(new SessionEvent.Swept(later, 1, 42L, null, true))).isFalse();
        assertThat(running().isNews(new SessionEvent.Swept(later, 1, 42L, null, false))).isTrue();
    }

    @Test
    void beginsANewRunWithoutTheOldOnesEnding() {
        Session again =
                running()
                        .apply(new SessionEvent.Exited(T, 1, 3))
                        .apply(new SessionEvent.Asked(T, 2));
        assertThat(again.state().word()).isEqualTo("queued");
        assertThat(again.status()).isNull();
        assertThat(again.apply(new SessionEvent.Exited(T, 1, 9))).isEqualTo(again);
    }

    private static State ended(int status) {
        return running().apply(new SessionEvent.Exited(T, 1, status)).state();
    }

    private static Session running() {
        return asked().apply(new SessionEvent.Asked(T, 1))
                .apply(new SessionEvent.Started(T, 1, 42));
    }

    static Session asked() {
        return Session.asked(
                TestSpec.of(ID, T)
                        .owner("owner123")
                        .name("web")
                        .inWorktree()
                        .base("main")
                        .command()
                        .build());
    }
}
