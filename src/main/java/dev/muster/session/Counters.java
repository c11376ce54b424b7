package dev.muster.session;

import dev.muster.agent.Reading;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was used, as whole numbers, so that sums are exact.
///
/// @param costMicros millionths of a US dollar
public record Counters(
        long costMicros, long inputTokens, long outputTokens, long linesAdded, long linesRemoved) {

    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

    /// More than anything can be: what a hostile host says must not spoil a sum for ever.
    private static final long MOST = 1_000_000_000_000L;

    public Counters plus(Counters more) {
        return new Counters(
                costMicros + more.costMicros,
                inputTokens + more.inputTokens,
                outputTokens + more.outputTokens,
                linesAdded + more.linesAdded,
                linesRemoved + more.linesRemoved);
    }

    public Counters minus(Counters less) {
        return new Counters(
                costMicros - less.costMicros,
                inputTokens - less.inputTokens,
                outputTokens - less.outputTokens,
                linesAdded - less.linesAdded,
                linesRemoved - less.linesRemoved);
    }

    /// US dollars.
    public double costUsd() {
        return costMicros / 1e6;
    }

    /// The counters of a reading; where it does not say, as they stand here.
    Counters at(Reading reading) {
        Double cost = reading.costUsd();
        return new Counters(
                cost == null || !(cost >= 0 && cost <= MOST / 1e6)
                        ? costMicros
                        : Math.round(cost * 1e6),
                sane(reading.inputTokens(), inputTokens),
                sane(reading.outputTokens(), outputTokens),
                sane(reading.linesAdded(), linesAdded),
                sane(reading.linesRemoved(), linesRemoved));
    }

    /// How much each counter grew since `before`; one that fell began anew at 0.
    Counters grownSince(Counters before) {
        return new Counters(
                grown(before, Counters::costMicros),
                grown(before, Counters::inputTokens),
                grown(before, Counters::outputTokens),
                grown(before, Counters::linesAdded),
                grown(before, Counters::linesRemoved));
    }

    private long grown(Counters before, Function<Counters, Long> counter) {
        long now = counter.apply(this);
        long then = counter.apply(before);
        return now >= then ? now - then : now;
    }

    private static long sane(@Nullable Long said, long otherwise) {
        return said == null || said < 0 || said > MOST ? otherwise : said;
    }
}
