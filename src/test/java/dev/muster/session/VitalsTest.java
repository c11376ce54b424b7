package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VitalsTest {
    @Test
    void readsDiskAndLoad() {
        assertThat(Vitals.parse("500 40 0.42 8"))
                .isEqualTo(
                        new Vitals(
                                Optional.of(new Space(500, 40)), Optional.of(new Load(0.42, 8))));
    }

    @Test
    void keepsTheHalfThatTheHostTells() {
        assertThat(Vitals.parse("- - 12 -"))
                .isEqualTo(new Vitals(Optional.empty(), Optional.of(new Load(12, 0))));
        assertThat(Vitals.parse("500 40 - 8")).isEqualTo(Vitals.of(new Space(500, 40)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2 3",
                "- - - -",
                "1 2 3 4 5",
                "-5 x NaN 1",
                "0x1 1e3 1e99 4",
                "99999999999999999999 1 9999999999 4",
                "1 <b> 0.1.2 4"
            })
    void believesNothingElse(String text) {
        assertThat(Vitals.parse(text)).isEqualTo(Vitals.UNKNOWN);
    }
}
