package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorktreeNamingTest {

    @Test
    void putsTheWorktreeBesideTheRepo() {
        assertThat(WorktreeNaming.path("/srv/api", Optional.empty(), "orders"))
                .isEqualTo("/srv/api.worktrees/orders");
        assertThat(WorktreeNaming.path("/srv/api//", Optional.empty(), "orders"))
                .isEqualTo("/srv/api.worktrees/orders");
    }

    @Test
    void putsTheWorktreeWhereTheHostsFileSays() {
        assertThat(WorktreeNaming.path("/srv/api", Optional.of("/w"), "x")).isEqualTo("/w/x");
        assertThat(WorktreeNaming.path("/srv/api", Optional.of("/w/"), "x")).isEqualTo("/w/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "muster/x", "a.b", "ü/é", "a\"b", "a'$b", "a@b", "x-", "(a)"})
    void takesWhatGitTakes(String branch) {
        assertThat(WorktreeNaming.problem(branch)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-x", "HEAD", "@", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b",
                "a..b", "a.", "a@{b", "a b", "a~b", "a^b", "a:b", "a?b", "a*b", "a[b", "a\\b",
                "a\tb", "a\u007fb"
            })
    void saysWhatIsWrongWithAName(String branch) {
        assertThat(WorktreeNaming.problem(branch)).isPresent();
    }
}
