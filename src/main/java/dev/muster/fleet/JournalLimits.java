package dev.muster.fleet;

import java.time.Duration;

/// When a host's journal goes on in another file.
///
/// @param rotateAt bytes from which on the next generation is begun
/// @param lateWriters how long the old generation is waited for then: who read its name just before
///     the change writes there once more
/// @param stragglers after how long it is looked at again, for a writer that was held up
public record JournalLimits(long rotateAt, Duration lateWriters, Duration stragglers) {
    public static final JournalLimits STANDARD =
            new JournalLimits(16 << 20, Duration.ofSeconds(2), Duration.ofSeconds(30));

    public JournalLimits {
        if (rotateAt <= 0) {
            throw new IllegalArgumentException(
                    "a journal is rotated from a positive number of bytes on, not: " + rotateAt);
        }
    }

    public JournalLimits rotatingAt(long bytes) {
        return new JournalLimits(bytes, lateWriters, stragglers);
    }
}
