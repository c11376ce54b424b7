package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GitTextTest {

    @Test
    void leavesABareNameAsItIs() {
        assertThat(GitText.unquote("src/a b.txt")).isEqualTo("src/a b.txt");
    }

    @Test
    void readsEveryEscapeOfGit() {
        assertThat(GitText.unquote("\"\\a\\b\\t\\n\\v\\f\\r\\\"\\\\\\001\""))
                .isEqualTo("\u0007\b\t\n\u000b\f\r\"\\\u0001");
    }

    @Test
    void readsOctalBytesAsUtf8() {
        assertThat(GitText.unquote("\"\\303\\251t\\303\\251\"")).isEqualTo("été");
        assertThat(GitText.unquote("\"é\\tx\"")).isEqualTo("é\tx");
    }

    @Test
    void keepsNamesApartThatAreNoUtf8() {
        assertThat(GitText.unquote("\"\\377\"")).isNotEqualTo(GitText.unquote("\"\\376\""));
    }

    @Test
    void refusesWhatGitNeverWrites() {
        assertThatThrownBy(() -> GitText.unquote("\"a\\q\""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GitText.unquote("\"a"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
