package dev.muster.web.view;

import static dev.muster.web.view.Boards.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.LogEntry;
import dev.muster.api.Problem;
import dev.muster.fleet.Memory.Remembered;
import dev.muster.git.Changes;
import dev.muster.session.SessionEvent;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void saysHowARunEnded() {
        assertThat(entry(new SessionEvent.Exited(T0, 1, 0)).text())
                .isEqualTo("the agent ended well");
        assertThat(entry(new SessionEvent.Exited(T0, 1, 3)).text()).contains("exit code 3");
        assertThat(entry(new SessionEvent.Exited(T0, 1, 137)).text()).contains("signal KILL");
    }

    @Test
    void showsTheOutputOfAStepThatFailed() {
        LogEntry entry =
                entry(
                        new SessionEvent.Step(
                                T0, 1, "setup", SessionEvent.Step.Phase.FAILED, "npm: not found"));

        assertThat(entry.kind()).isEqualTo("failed");
        assertThat(entry.text()).contains("The setup command of app failed.", "muster resume");
        assertThat(entry.output()).isEqualTo("npm: not found");
    }

    @Test
    void saysInWordsWhyAWorktreeWasNotMade() {
        LogEntry entry =
                entry(
                        new SessionEvent.Step(
                                T0,
                                1,
                                "worktree",
                                SessionEvent.Step.Phase.FAILED,
                                "worktree branch-elsewhere 2f73"));

        assertThat(entry.text()).contains("is checked out in /s");
        assertThat(entry.output()).isNull();
        assertThat(entry.problem().code()).isEqualTo(Problem.Code.CONFLICT);
        assertThat(entry.problem().step()).isEqualTo("worktree");
    }

    @Test
    void tellsTheFirstRunFromLaterOnes() {
        assertThat(entry(new SessionEvent.Asked(T0, 1)).text()).isEqualTo("start was asked for");
        assertThat(entry(new SessionEvent.Asked(T0, 2)).text()).isEqualTo("run 2 was asked for");
    }

    @Test
    void countsInWords() {
        assertThat(entry(new SessionEvent.Counted(T0, new Changes(1, 2, 3, 1))).text())
                .isEqualTo("1 file, +2 -3, 1 commit");
    }

    @Test
    void saysWhatALookAtTheHostFound() {
        assertThat(entry(new SessionEvent.Swept(T0, 1, 4L, null, true)).text()).contains("it runs");
        assertThat(entry(new SessionEvent.Swept(T0, 1, null, null, null)).text())
                .contains("no answer");
        assertThat(entry(new SessionEvent.Swept(T0, 1, null, 1, false)).text())
                .contains("exit code 1");
    }

    private static LogEntry entry(SessionEvent event) {
        return Timeline.entry(
                Boards.session(1, "dev-1", "web").spec(), new Remembered(7, T0, event));
    }
}
