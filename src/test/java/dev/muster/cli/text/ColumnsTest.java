package dev.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void countsTwoForWideAndNoneForCombiningCharacters() {
        assertThat(Columns.width("abc")).isEqualTo(3);
        assertThat(Columns.width("日本")).isEqualTo(4);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.width("🚀")).isEqualTo(2);
    }

    @Test
    void cutsTheEndBeforeAWideCharacterThatDoesNotFit() {
        assertThat(Columns.fit("日本語", 6)).isEqualTo("日本語");
        assertThat(Columns.fit("日本語", 5)).isEqualTo("日本…");
        assertThat(Columns.fit("日本語", 4)).isEqualTo("日…");
        assertThat(Columns.fit("abc", 0)).isEmpty();
    }

    @Test
    void cutsTheBeginningWhereTheEndSaysMost() {
        assertThat(Columns.fitEnd("muster/orders", 7)).isEqualTo("…orders");
        assertThat(Columns.fitEnd("ab日本", 4)).isEqualTo("…本");
    }

    @Test
    void cutsNoMarkFromItsLetter() {
        assertThat(Columns.fit("ae\u0301bcd", 3)).isEqualTo("ae\u0301…");
        assertThat(Columns.fitEnd("abce\u0301d", 3)).isEqualTo("…e\u0301d");
        assertThat(Columns.fitEnd("abce\u0301d", 2)).isEqualTo("…d");
    }

    @Property
    void neverTakesMoreThanItsRoom(@ForAll String text, @ForAll @IntRange(max = 40) int room) {
        String safe = Escape.line(text);
        assertThat(Columns.width(Columns.fit(safe, room))).isLessThanOrEqualTo(room);
        assertThat(Columns.width(Columns.fitEnd(safe, room))).isLessThanOrEqualTo(room);
        assertThat(Columns.width(Columns.pad(Columns.fit(safe, room), room))).isEqualTo(room);
    }

    @Test
    void breaksBetweenWordsAndSetsWhatFollowsIn() {
        assertThat(Columns.wrap("  fix: install tmux 3.2a or newer", 20, 7))
                .containsExactly("  fix: install tmux", "       3.2a or newer");
        assertThat(Columns.wrap("  short", 20, 7)).containsExactly("  short");
        assertThat(Columns.wrap("  漢字漢字漢字", 8, 2)).containsExactly("  漢字漢", "  字漢字");
        assertThat(Columns.wrap("", 20, 7)).containsExactly("");
    }

    @Property
    void wrapsWithoutLosingAnything(
            @ForAll String text, @ForAll @IntRange(min = 4, max = 40) int columns) {
        String safe = Escape.line(text);
        List<String> lines = Columns.wrap(safe, columns, 3);
        assertThat(lines).allMatch(line -> Columns.width(line) <= columns);
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo(safe.replace(" ", ""));
    }
}
