package dev.muster.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of an attempt to tell. Reasons hold no address and no secret.
sealed interface Outcome {
    record Sent() implements Outcome {}

    /// It will not be taken, however often it is sent.
    record Refused(String why) implements Outcome {}

    /// It may be taken another time.
    ///
    /// @param pause what the other side asks for, or null
    record Failed(String why, @Nullable Duration pause) implements Outcome {}
}
