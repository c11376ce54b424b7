package dev.muster.cli.text;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long ago, in at most four columns: `45s`, `12m`, `3h`, `5d`.
public final class Ages {
    private Ages() {}

    /// A moment in the future is `0s`: two machines' clocks are never quite the same.
    public static String age(@Nullable Instant then, Instant now) {
        if (then == null) {
            return "-";
        }
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toMinutes() < 1) {
            return age.toSeconds() + "s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + "m";
        }
        if (age.toDays() < 1) {
            return age.toHours() + "h";
        }
        return Math.min(age.toDays(), 999) + "d";
    }
}
