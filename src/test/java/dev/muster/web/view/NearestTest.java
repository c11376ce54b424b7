package dev.muster.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> WORDS = List.of("orders", "orders-api", "web");

    @Test
    void findsWhatWasMeant() {
        assertThat(Nearest.to("ordres", WORDS)).contains("orders");
        assertThat(Nearest.to("wb", WORDS)).contains("web");
        assertThat(Nearest.to("ewb", WORDS)).contains("web");
        assertThat(Nearest.to("orders-ap", WORDS)).contains("orders-api");
    }

    @Test
    void makesNoWildGuess() {
        assertThat(Nearest.to("payments", WORDS)).isEmpty();
        assertThat(Nearest.to("", WORDS)).isEmpty();
        assertThat(Nearest.to("x".repeat(10_000), WORDS)).isEmpty();
    }
}
