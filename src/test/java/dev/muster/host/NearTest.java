package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearTest {
    private static final List<String> WORDS = List.of("orders", "orders-api", "web");

    @Test
    void findsWhatWasMeant() {
        assertThat(Near.of("ordres", WORDS)).contains("orders");
        assertThat(Near.of("Ordrs", WORDS)).contains("orders");
        assertThat(Near.of("ewb", WORDS)).contains("web");
        assertThat(Near.of("orders-ap", WORDS)).contains("orders-api");
    }

    @Test
    void makesNoWildGuess() {
        assertThat(Near.of("payments", WORDS)).isEmpty();
        assertThat(Near.of("wb", WORDS)).isEmpty();
        assertThat(Near.of("", WORDS)).isEmpty();
        assertThat(Near.of("x".repeat(10_000), WORDS)).isEmpty();
    }

    @Test
    void countsASwapAsOneMistake() {
        assertThat(Near.distance("main", "mian")).isEqualTo(1);
        assertThat(Near.distance("main", "man")).isEqualTo(1);
        assertThat(Near.distance("", "main")).isEqualTo(4);
        assertThat(Near.distance("ca", "abc")).isEqualTo(3);
    }
}
