package dev.muster.link;

import java.time.Duration;

/// A moment by which something must have happened, on the monotonic clock.
record Deadline(Duration whole, long nanos) {
    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    /// What is left, never less than a millisecond: that much is always worth a try.
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
    }

    boolean passed() {
        return System.nanoTime() - nanos >= 0;
    }
}
