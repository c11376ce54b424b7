package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.git.Finding.Kind;
import dev.muster.git.Removal.Mode;
import dev.muster.git.RemovalAnswer.BranchFate;
import dev.muster.git.RemovalAnswer.Outcome;
import dev.muster.git.RemovalAnswer.Rescued;
import dev.muster.shell.Script;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RemovalAnswerTest {

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void readsARefusal() {
        String out =
                "finding\tuntracked\t1\t\"a\\nb\"\nfinding\tuntracked\t1\thex:61\n"
                        + "finding\tnested-commits\t2\thex:"
                        + hex("in\tner")
                        + "\n"
                        + "total\tuntracked\t70\ntotal\tnested-commits\t1\n"
                        + "note\tstash\t3\t\nbranch\tkept\t61\ndone\trefused\t\n";
        RemovalAnswer answer = RemovalAnswer.parse(out);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.branch()).isEqualTo(BranchFate.KEPT);
        assertThat(RemovalCheck.clean(answer)).isFalse();
        assertThat(RemovalCheck.lines(answer))
                .containsExactly(
                        "70 files not tracked: a\nb, hex:61 and 68 more",
                        "2 commits only in the repo in\tner inside",
                        "the repo has 3 stashes; they stay there");
    }

    @Test
    void readsWhatWasSaved() {
        RemovalAnswer answer =
                RemovalAnswer.parse(
                        "rescued\trefs/muster/rescue/X/work\tabc\t\n"
                                + "rescued\trefs/muster/rescue/X/nested/1/refs/heads/m\tdef\t6c\n"
                                + "branch\tdeleted\t61\ndone\tremoved\t\n");
        assertThat(answer.rescued()).contains(new Rescued("refs/muster/rescue/X/work", "abc", ""));
        assertThat(RemovalCheck.recovery(answer.rescued()))
                .containsExactly(
                        "all files, tracked and untracked:"
                                + " git worktree add --detach PATH refs/muster/rescue/X/work",
                        "refs/heads/m of the repo l inside: git worktree add --detach PATH"
                                + " refs/muster/rescue/X/nested/1/refs/heads/m");
    }

    @Test
    void doesNotTakeANoteForAReasonToRefuse() {
        RemovalAnswer answer = RemovalAnswer.parse("note\tstash\t1\t\ndone\tchecked\t\n");
        assertThat(RemovalCheck.clean(answer)).isTrue();
        assertThat(RemovalCheck.lines(answer)).hasSize(1);
    }

    @Test
    void neverTakesAnAnswerThatWasCutOffForAnOutcome() {
        String whole = "finding\tuntracked\t1\ta\nbranch\tkept\t61\ndone\trefused\t6161\n";
        for (int length = 0; length < whole.indexOf("done\trefused"); length++) {
            String half = whole.substring(0, length);
            assertThatThrownBy(() -> RemovalAnswer.parse(half))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void saysEveryKindInWords() {
        for (Kind kind : Kind.values()) {
            var answer =
                    new RemovalAnswer(
                            Outcome.REFUSED,
                            "",
                            List.of(new Finding(kind, 1, "name")),
                            new java.util.TreeMap<>(),
                            List.of(),
                            BranchFate.KEPT);
            assertThat(RemovalCheck.lines(answer)).singleElement().asString().isNotBlank();
        }
    }

    @Test
    void theScriptKnowsEveryOutcomeAndKindThatItsWordsName() {
        var removal = new Removal("ID", "/s", "/r", "/w", "b", List.of("a", "b"), 7);
        Script script = removal.script(Mode.FORCE);
        assertThat(script.args())
                .containsExactly("force", "ID", "/s", "/r", "/w", "b", "a\nb", "7");
        String words =
                Arrays.stream(Kind.values())
                        .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
                        .map(word -> word.replace('_', '-'))
                        .filter(word -> !script.text().contains(word))
                        .collect(Collectors.joining(" "));
        assertThat(words).as("kinds that the script never says").isEmpty();
    }
}
