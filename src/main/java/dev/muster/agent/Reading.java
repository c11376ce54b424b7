package dev.muster.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a conversation has used, as the agent says. Null where it does not say.
///
/// @param costUsd since the agent's process began
/// @param inputTokens that were sent since then, cached or not
/// @param outputTokens that came back since then
/// @param contextUsedPercent 0 to 100
/// @param linesAdded by the agent's own count
/// @param fiveHour the account's window of five hours
/// @param sevenDay the account's window of seven days
public record Reading(
        @Nullable String model,
        @Nullable Double costUsd,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Double contextUsedPercent,
        @Nullable Long linesAdded,
        @Nullable Long linesRemoved,
        @Nullable Window fiveHour,
        @Nullable Window sevenDay) {

    /// A quota window.
    ///
    /// @param usedPercent 0 to 100
    public record Window(double usedPercent, @Nullable Instant resetsAt) {
        public boolean full() {
            return usedPercent >= 100;
        }
    }

    /// This reading, with what it does not say as it was said before.
    public Reading over(@Nullable Reading before) {
        return before == null
                ? this
                : new Reading(
                        either(model, before.model),
                        either(costUsd, before.costUsd),
                        either(inputTokens, before.inputTokens),
                        either(outputTokens, before.outputTokens),
                        either(contextUsedPercent, before.contextUsedPercent),
                        either(linesAdded, before.linesAdded),
                        either(linesRemoved, before.linesRemoved),
                        either(fiveHour, before.fiveHour),
                        either(sevenDay, before.sevenDay));
    }

    private static <T> @Nullable T either(@Nullable T now, @Nullable T before) {
        return now == null ? before : now;
    }

    /// When work can go on, if a window is used up: the latest of the full windows' resets.
    public @Nullable Instant limitedUntil() {
        Instant until = null;
        for (Window window : new Window[] {fiveHour, sevenDay}) {
            if (window != null && window.full() && window.resetsAt() != null) {
                until =
                        until == null || window.resetsAt().isAfter(until)
                                ? window.resetsAt()
                                : until;
            }
        }
        return until;
    }
}
