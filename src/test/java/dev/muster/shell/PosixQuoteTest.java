package dev.muster.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PosixQuoteTest {
    @Test
    void leavesNothingForTheShellToInterpret() {
        assertThat(PosixQuote.word("a b$(c)`d`\"e\\")).isEqualTo("'a b$(c)`d`\"e\\'");
        assertThat(PosixQuote.word("it's")).isEqualTo("'it'\\''s'");
        assertThat(PosixQuote.word("")).isEqualTo("''");
    }

    @Test
    void joinsWordsWithBlanks() {
        assertThat(PosixQuote.words(List.of("a", "", "-b"))).isEqualTo("'a' '' '-b'");
        assertThat(PosixQuote.words(List.of())).isEmpty();
    }

    @Test
    void refusesNul() {
        assertThatIllegalArgumentException().isThrownBy(() -> PosixQuote.word("a\0b"));
    }
}
