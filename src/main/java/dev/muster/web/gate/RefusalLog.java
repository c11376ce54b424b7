package dev.muster.web.gate;

import dev.muster.web.gate.RequestCheck.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Turns refusals into log lines, few enough that nobody can fill a disk with them: the first of a
/// kind at once, then one line for each interval that says how many there were.
final class RefusalLog {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private record Kept(long since, long count) {}

    private final Map<Refusal, Kept> kept = new EnumMap<>(Refusal.class);

    /// @param nanos now, as `System.nanoTime` counts
    /// @return the line to write, if one is due
    synchronized Optional<String> line(Refusal refusal, String method, String from, long nanos) {
        Kept before = kept.get(refusal);
        if (before != null && nanos - before.since() < INTERVAL_NANOS) {
            kept.put(refusal, new Kept(before.since(), before.count() + 1));
            return Optional.empty();
        }
        kept.put(refusal, new Kept(nanos, 0));
        String more =
                before == null || before.count() == 0
                        ? ""
                        : "; " + before.count() + " more of these were not logged";
        return Optional.of(
                "refused a request from " + from + " (" + method + "): " + why(refusal) + more);
    }

    private static String why(Refusal refusal) {
        return switch (refusal) {
            case WRONG_HOST -> "its Host header names another server";
            case FOREIGN_PAGE -> "a page of another origin sent it";
            case NO_TOKEN -> "it held no valid token";
            case OUT_OF_SCOPE -> "its token's scope does not allow it";
        };
    }
}
