package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.git.WorktreeAnswer.Made;
import dev.muster.git.WorktreeAnswer.Reason;
import dev.muster.git.WorktreeAnswer.Refused;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorktreeAnswerTest {
    private static final WorktreeProblem.Wish WISH =
            new WorktreeProblem.Wish("dev-1", "/srv/api", "/srv/api.worktrees/x", "a..b", "mian");

    @Test
    void readsWhatWasMade() {
        assertThat(WorktreeAnswer.parse(Stream.of("hello", "worktree made abc yes")))
                .isEqualTo(new Made("abc", true, false));
        assertThat(WorktreeAnswer.parse(Stream.of("worktree already abc no")))
                .isEqualTo(new Made("abc", false, true));
    }

    @Test
    void doesNotGuessWithoutAnAnswer() {
        assertThatThrownBy(() -> WorktreeAnswer.parse(Stream.of("sh: gone")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonNamesTheHostOrItsRepoAndAFix(Reason reason) {
        WorktreeProblem problem = WorktreeProblem.of(new Refused(reason, ""), WISH);
        assertThat(problem.detail()).containsAnyOf("dev-1", "a..b").endsWith(".");
        assertThat(problem.fix()).isNotBlank();
    }

    @Test
    void suggestsABaseOfANearName() {
        var refused = new Refused(Reason.BASE_MISSING, "develop\nmain\norigin/main\nx");
        assertThat(WorktreeProblem.of(refused, WISH).fix())
                .isEqualTo("Did you mean main, origin/main?");
    }
}
