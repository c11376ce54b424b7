package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account whose quota several sessions share. Its windows are null until an agent has told
/// them.
///
/// @param name as in `hosts.yaml`; `claude@dev-1` is what that agent is signed in to on that host
/// @param asOf when an agent said so, or null
public record AccountRow(
        String name, @Nullable Window fiveHour, @Nullable Window sevenDay, @Nullable Instant asOf) {

    /// @param usedPercent 0 to 100, as of `asOf`: past `resetsAt` it is over
    public record Window(@Nullable Double usedPercent, @Nullable Instant resetsAt) {}
}
