package dev.muster.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a target was told of something.
///
/// @param until when that counts no more; null: for ever, or until the thing is over
public record Mark(String target, String name, @Nullable Instant until) {

    boolean holds(Instant now) {
        return until == null || until.isAfter(now);
    }
}
