package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed since the event before: the `change` event of `GET /api/v1/board/events`.
///
/// The stream's first event, named `board`, is a whole {@link Board}; each later one holds only
/// the rows that differ, whole, and the names or ids of rows that went.
///
/// @param problems all that there are now, or null when they are as before
public record BoardChange(
        Instant asOf,
        Board.Totals totals,
        List<HostRow> hosts,
        List<SessionRow> sessions,
        List<RequestRow> requests,
        List<AccountRow> accounts,
        List<String> goneHosts,
        List<String> goneSessions,
        List<String> goneRequests,
        List<String> goneAccounts,
        @Nullable List<BoardProblem> problems) {}
