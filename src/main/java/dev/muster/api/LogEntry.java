package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a session's timeline: `GET /api/v1/sessions/{id}/log`, and the `entry` event of
/// `GET /api/v1/sessions/{id}/events`.
///
/// @param seq grows within the session; what to give as `after`
/// @param at the host's clock where the host said when, else when the service read it
/// @param kind `asked`, `step`, `started`, `state`, `prompt`, `exited`, `stopped`, `gap`, …
/// @param step the step of preparation, or null
/// @param text one line, untrusted
/// @param output the output of a step that failed or was kept, untrusted, or null
/// @param problem of an entry that ended the start: what went wrong and its code; else null
public record LogEntry(
        long seq,
        Instant at,
        String kind,
        @Nullable String step,
        String text,
        @Nullable String output,
        @Nullable Problem problem) {

    /// The same entry, as the one that ended the start.
    public LogEntry with(Problem why) {
        return new LogEntry(seq, at, kind, step, text, output, why);
    }
}
