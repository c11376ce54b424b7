package dev.muster.api;

import java.time.Instant;
import java.util.List;

/// Everything at one moment: what `muster status --json` prints and `GET /api/v1/board` answers.
///
/// @param asOf when the service took this picture; each row carries the age of its own facts
/// @param accounts accounts that sessions share, with their quota windows
/// @param problems what runs out
public record Board(
        Instant asOf,
        Totals totals,
        List<HostRow> hosts,
        List<SessionRow> sessions,
        List<RequestRow> requests,
        List<AccountRow> accounts,
        List<BoardProblem> problems) {

    /// @param sessions sessions in the answer's scope, before `limit`
    /// @param needsYou those among them that wait for a person
    public record Totals(int sessions, int needsYou) {}
}
