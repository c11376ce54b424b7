package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.git.WorktreeDiff.FileChange;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DiffParserTest {
    private static final String BLOBS = ":100644 100644 aaaa bbbb ";

    private static byte[] answer(String files, String untracked, String uncommitted, String patch) {
        String text =
                "from abc\nhead def\n"
                        + section("files", files)
                        + section("untracked", untracked)
                        + section("uncommitted", uncommitted)
                        + section("patch", patch);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String section(String name, String content) {
        return name + " " + content.getBytes(StandardCharsets.UTF_8).length + "\n" + content;
    }

    @Test
    void tellsCommittedFromUncommittedAndUntracked() {
        String files =
                BLOBS
                        + "M\0a\0"
                        + BLOBS
                        + "M\0b\0"
                        + BLOBS
                        + "A\0c\0"
                        + "1\t2\ta\0"
                        + "3\t0\tb\0"
                        + "4\t0\tc\0";
        WorktreeDiff diff = WorktreeDiff.parse(answer(files, "c\0", "b\0", ""), 0);
        assertThat(diff.base()).isEqualTo("abc");
        assertThat(diff.files())
                .containsExactly(
                        new FileChange("a", "a", 'M', 1, 2, true),
                        new FileChange("b", "b", 'M', 3, 0, false),
                        new FileChange("c", "c", '?', 4, 0, false));
    }

    @Test
    void readsRenamesAndBinaryFiles() {
        String files =
                BLOBS
                        + "R087\0old\0new\0"
                        + BLOBS
                        + "M\0pic\0"
                        + "1\t1\t\0old\0new\0"
                        + "-\t-\tpic\0";
        WorktreeDiff diff = WorktreeDiff.parse(answer(files, "", "", ""), 0);
        assertThat(diff.files())
                .containsExactly(
                        new FileChange("new", "old", 'R', 1, 1, true),
                        new FileChange("pic", "pic", 'M', -1, -1, true));
    }

    @Test
    void takesNamesThatLookLikeAnAnswer() {
        String odd = "x\npatch 3\n:100644\t\"é";
        String files = BLOBS + "M\0" + odd + "\0" + "1\t1\t" + odd + "\0";
        WorktreeDiff diff = WorktreeDiff.parse(answer(files, "", "", "ü\n"), 100);
        assertThat(diff.files()).containsExactly(new FileChange(odd, odd, 'M', 1, 1, true));
        assertThat(diff.patch()).isEqualTo("ü\n");
        assertThat(diff.truncated()).isFalse();
    }

    @Test
    void cutsThePatchAtAWholeLine() {
        WorktreeDiff diff = WorktreeDiff.parse(answer("", "", "", "+one\n+tüo"), 7);
        assertThat(diff.patch()).isEqualTo("+one\n");
        assertThat(diff.truncated()).isTrue();
    }

    @Test
    void refusesHalfAnAnswer() {
        byte[] whole = answer("", "", "", "+one\n");
        for (int length = 0; length < whole.length; length++) {
            byte[] half = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> WorktreeDiff.parse(half, 7))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
