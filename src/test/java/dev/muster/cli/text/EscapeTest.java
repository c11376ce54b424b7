package dev.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EscapeTest {
    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(Escape.line("a\u001b[2Jb\u0007\r\n\tc\u009b31m\u007f"))
                .isEqualTo("a\\e[2Jb\\x07\\r\\n\\tc\\x9b31m\\x7f");
    }

    @Test
    void showsWhatReordersOrHidesText() {
        assertThat(Escape.line("a\u202eb\u2066c\u200bd\ufeffe\u00adf\u3164g\u2028h\udb40\udc41"))
                .isEqualTo(
                        "a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>e\\xadf<U+3164>g<U+2028>h<U+E0041>");
    }

    @Test
    void showsHalfACharacter() {
        assertThat(Escape.line("a\ud83db")).isEqualTo("a<U+D83D>b");
    }

    @Test
    void keepsLetters() {
        String text = "Zürich e\u0301 日本語 שלום 👩 ~`\\";
        assertThat(Escape.line(text)).isSameAs(text);
    }

    @Test
    void takesJoinedEmojiApart() {
        assertThat(Escape.line("👩\u200d💻 ⚠\ufe0f")).isEqualTo("👩💻 ⚠");
    }

    @Test
    void hidesNoJoinerBetweenLetters() {
        assertThat(Escape.line("a\u200db #\ufe0f")).isEqualTo("a<U+200D>b #<U+FE0F>");
    }

    @Test
    void keepsTheLayoutOfSeveralLines() {
        assertThat(Escape.lines("a\n\tb\r\n")).isEqualTo("a\n\tb\\r\n");
    }

    @Test
    void makesNothingOfNothing() {
        assertThat(Escape.line(null)).isEmpty();
    }

    @Property
    void leavesNothingThatATerminalObeys(@ForAll String text) {
        assertThat(Escape.line(text).codePoints())
                .allMatch(
                        c ->
                                switch (Character.getType(c)) {
                                    case Character.CONTROL,
                                            Character.FORMAT,
                                            Character.SURROGATE,
                                            Character.LINE_SEPARATOR,
                                            Character.PARAGRAPH_SEPARATOR ->
                                            false;
                                    default -> true;
                                });
    }

    @Property
    void isDoneOnceForAll(@ForAll String text) {
        assertThat(Escape.line(Escape.line(text))).isEqualTo(Escape.line(text));
    }
}
