package dev.muster.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/// What was measured, in the order of measuring; in milliseconds, or in whatever unit it was added.
final class Samples {
    private final List<Double> values = new ArrayList<>();

    synchronized void add(double value) {
        values.add(value);
    }

    synchronized int count() {
        return values.size();
    }

    /// What was added last.
    synchronized double last() {
        return values.getLast();
    }

    synchronized void each(DoubleConsumer use) {
        values.forEach(use::accept);
    }

    double median() {
        return quantile(0.5);
    }

    double p95() {
        return quantile(0.95);
    }

    double least() {
        return quantile(0);
    }

    double most() {
        return quantile(1);
    }

    /// The median of the differences to what was measured in the same round.
    Samples minus(Samples other) {
        return paired(other, false);
    }

    /// The ratios to what was measured in the same round.
    Samples over(Samples other) {
        return paired(other, true);
    }

    private Samples paired(Samples other, boolean ratio) {
        Samples pairs = new Samples();
        IntStream.range(0, Math.min(values.size(), other.values.size()))
                .mapToDouble(
                        i ->
                                ratio
                                        ? values.get(i) / other.values.get(i)
                                        : values.get(i) - other.values.get(i))
                .forEach(pairs::add);
        return pairs;
    }

    /// Linear between the two nearest; the middle one or the mean of two for a median.
    private synchronized double quantile(double q) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double at = q * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
}
