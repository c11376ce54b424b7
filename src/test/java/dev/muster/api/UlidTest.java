package dev.muster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UlidTest {
    private static RandomGenerator constant(long bits) {
        return () -> bits;
    }

    @Test
    void writesTheTimeOfTheSpecificationsExample() {
        assertThat(Ulid.of(1469918176385L, constant(0))).isEqualTo("01ARYZ6S410000000000000000");
    }

    @Test
    void writesTheGreatestValueAsTheSpecificationDoes() {
        assertThat(Ulid.of((1L << 48) - 1, constant(-1))).isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    @Test
    void refusesATimeThatDoesNotFit() {
        assertThatThrownBy(() -> Ulid.of(1L << 48, constant(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortsByTime() {
        Random random = new Random(1);
        String before = Ulid.of(0, random);
        for (long millis = 1; millis < 1L << 47; millis *= 3) {
            String next = Ulid.of(millis, random);
            assertThat(next).isGreaterThan(before);
            before = next;
        }
    }

    @Test
    void neverMakesTheSameTwice() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(made.add(Ulid.next())).isTrue();
        }
        assertThat(made).allMatch(Ulid::isValid);
    }

    @Test
    void knowsWhatIsNoUlid() {
        assertThat(Ulid.isValid("01ARYZ6S41000000000000000")).isFalse();
        assertThat(Ulid.isValid("81ARYZ6S410000000000000000")).isFalse();
        assertThat(Ulid.isValid("01ARYZ6S41000000000000000U")).isFalse();
        assertThat(Ulid.isValid("01ARYZ6S41000000000000000/")).isFalse();
    }
}
