package dev.muster.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.gate.RequestCheck.Refusal;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private static final long SECOND = 1_000_000_000L;
    private final RefusalLog log = new RefusalLog();

    @Test
    void writesTheFirstAtOnceAndCountsTheOthers() {
        assertThat(line(0)).hasValueSatisfying(line -> assertThat(line).contains("no valid token"));
        for (int i = 1; i <= 1000; i++) {
            assertThat(line(i)).isEmpty();
        }
        assertThat(line(11 * SECOND))
                .hasValueSatisfying(line -> assertThat(line).contains("1000 more"));
        assertThat(line(22 * SECOND))
                .hasValueSatisfying(line -> assertThat(line).doesNotContain("more"));
    }

    private java.util.Optional<String> line(long nanos) {
        return log.line(Refusal.NO_TOKEN, "GET", "127.0.0.1", nanos);
    }
}
