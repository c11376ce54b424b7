package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.link.LinkFailure.AuthFailed;
import dev.muster.link.LinkFailure.Offline;
import dev.muster.link.LinkFailure.Penalised;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final LinkFailure OFFLINE = new Offline("gone");

    @Property(tries = 300)
    void staysWithinItsLimits(@ForAll @IntRange(min = 1) int attempt, @ForAll long seed) {
        assertThat(Backoff.delay(attempt, OFFLINE, new Random(seed)))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(30));
    }

    @Test
    void doublesAndSpreads() {
        assertThat(most(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(500));
        assertThat(most(3)).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2000));
        assertThat(most(20)).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(
                        IntStream.range(0, 100)
                                .mapToObj(i -> Backoff.delay(20, OFFLINE, new Random(i)))
                                .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void waitsMinutesWhereOnlyAPersonOrTimeHelps() {
        assertThat(Backoff.delay(1, new AuthFailed("no", false), new Random(1)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(Backoff.delay(1, new Penalised("out"), new Random(1)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    }

    private static Duration most(int attempt) {
        return IntStream.range(0, 300)
                .mapToObj(i -> Backoff.delay(attempt, OFFLINE, new Random(i)))
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
