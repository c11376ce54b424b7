package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.Reading;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static Reading cost(@Nullable Double usd) {
        return new Reading(null, usd, null, null, null, null, null, null, null);
    }

    private static Reading said(double usd, long input, long output, long added) {
        return new Reading("m", usd, input, output, 1.0, added, 0L, null, null);
    }

    private static double total(Meter meter) {
        return meter.total().costUsd();
    }

    @Test
    void countsEachDollarOnceHoweverOftenItIsSaid() {
        Meter meter = Meter.NONE.read(1, cost(0.10)).read(1, cost(0.10)).read(1, cost(0.31092));

        assertThat(total(meter)).isEqualTo(0.31092);
    }

    @Test
    void goesOnFromNothingWithANewProcess() {
        Meter meter = Meter.NONE.read(1, cost(0.30)).read(2, cost(0.0)).read(2, cost(0.20));

        assertThat(total(meter)).isEqualTo(0.50);
    }

    @Test
    void countsANewProcessWholeThatHasUsedMoreThanTheOldOneBeforeItIsFirstHeard() {
        Meter meter = Meter.NONE.read(1, cost(0.30)).read(2, cost(0.50));

        assertThat(total(meter)).isEqualTo(0.80);
    }

    @Test
    void knowsTheCountersOfAProcessThatResumesThoseOfTheOldOne() {
        Meter meter =
                Meter.NONE
                        .read(1, said(0.30, 1000, 50, 7))
                        .read(2, said(0.30, 1000, 50, 7))
                        .read(2, said(0.40, 1500, 60, 9));

        assertThat(meter.total()).isEqualTo(new Counters(400_000, 1500, 60, 9, 0));
    }

    @Test
    void doesNotCountWhatAProcessBeganWith() {
        Meter meter =
                Meter.NONE
                        .read(1, cost(0.30))
                        .from(2, cost(0.30))
                        .read(2, cost(0.50))
                        // Killed before it wrote its cost down, which is then as it was before.
                        .from(3, cost(0.30))
                        .read(3, cost(0.30))
                        .read(3, cost(0.40));

        assertThat(total(meter)).isEqualTo(0.60);
    }

    @Test
    void takesACounterThatFellInOneRunForOneThatBeganAnew() {
        Meter meter =
                Meter.NONE
                        .read(1, said(0.30, 90_000, 50, 7))
                        .read(1, said(0.35, 12_000, 60, 7))
                        .read(1, said(0.36, 13_000, 61, 7));

        assertThat(meter.total()).isEqualTo(new Counters(360_000, 103_000, 61, 7, 0));
    }

    @Test
    void keepsWhatItKnowsWhereAReadingDoesNotSay() {
        Meter meter = Meter.NONE.read(1, cost(0.30)).read(1, cost(null)).read(1, cost(0.40));

        assertThat(total(meter)).isEqualTo(0.40);
    }

    @Test
    void isNotSpoiltByWhatNobodyCanHaveUsed() {
        Meter meter =
                Meter.NONE
                        .read(1, cost(0.30))
                        .read(1, cost(Double.NaN))
                        .read(1, cost(-5.0))
                        .read(1, cost(1e300))
                        .read(1, said(0.30, Long.MAX_VALUE, -3, 0));

        assertThat(meter.total()).isEqualTo(new Counters(300_000, 0, 0, 0, 0));
    }

    @Property(tries = 200)
    void addsUpWhatEveryProcessUsedHoweverItsReadingsAreRepeated(
            @ForAll @Size(min = 1, max = 6)
                    List<@Size(min = 1, max = 5) List<@LongRange(min = 0, max = 5_000_000) Long>>
                            runs) {
        Meter meter = Meter.NONE;
        long expected = 0;
        int run = 0;
        for (List<Long> growths : runs) {
            run++;
            long micros = 0;
            // A status line speaks once before anything was used.
            meter = meter.read(run, cost(0.0));
            for (long growth : growths) {
                micros += growth;
                meter = meter.read(run, cost(micros / 1e6)).read(run, cost(micros / 1e6));
            }
            expected += micros;
        }

        assertThat(meter.total().costMicros()).isEqualTo(expected);
    }
}
