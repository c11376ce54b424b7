package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account whose quota several sessions share.
public record AccountRow(
        String name, @Nullable Window fiveHour, @Nullable Window sevenDay, @Nullable Instant asOf) {

    /// @param usedPercent 0 to 100
    public record Window(@Nullable Double usedPercent, @Nullable Instant resetsAt) {}
}
