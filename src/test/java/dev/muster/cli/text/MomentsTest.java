package dev.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");

    private static String in(Duration time, String zone) {
        return Moments.of(NOW.plus(time), NOW, ZoneId.of(zone));
    }

    @Test
    void namesTheTimeOfToday() {
        assertThat(in(Duration.ofHours(2), "UTC")).isEqualTo("19:00");
        assertThat(in(Duration.ofHours(-2), "UTC")).isEqualTo("15:00");
    }

    @Test
    void namesTheDayWhereItIsAnotherOne() {
        assertThat(in(Duration.ofHours(8), "UTC")).isEqualTo("Sat 01:00");
        assertThat(in(Duration.ofHours(8), "America/New_York")).isEqualTo("20:00");
    }

    @Test
    void namesTheDateWhereTheDayOfTheWeekWouldMislead() {
        assertThat(in(Duration.ofDays(7), "UTC")).isEqualTo("Nov 27");
    }
}
