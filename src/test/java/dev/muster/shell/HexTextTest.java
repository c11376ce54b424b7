package dev.muster.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HexTextTest {
    @Test
    void readsWhatAScriptSent() {
        assertThat(HexText.of("c3a90a")).isEqualTo("é\n");
        assertThat(HexText.of("")).isEmpty();
    }

    @Test
    void keepsApartWhatIsNotUtf8() {
        assertThat(HexText.of("61e9")).isEqualTo("aé");
        assertThat(HexText.of("61e8")).isNotEqualTo(HexText.of("61e9"));
    }

    @Test
    void refusesWhatIsNotHex() {
        assertThatThrownBy(() -> HexText.of("6")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HexText.of("zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
