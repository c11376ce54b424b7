package dev.muster.api;

import java.util.List;

/// What agents used: `GET /api/v1/usage`. As they say themselves: subscriptions pay other prices.
///
/// @param since the first day that counts, in the service's time zone: `2026-11-20`
/// @param by `day`, `host`, `repo`, `account` or `model`
/// @param rows by name; days from the oldest on, all else from the most expensive on
public record UsageReport(String since, String by, List<Row> rows, Row total) {

    /// @param name the day, host, repo, account or model; empty where that is unknown. The account
    ///     of sessions that were started with none is that of their agent on their host:
    ///     `claude@dev-1`
    /// @param sessions how many took part
    /// @param inputTokens that were sent, cached or not
    /// @param linesAdded by the agents' own count
    public record Row(
            String name,
            int sessions,
            double costUsd,
            long inputTokens,
            long outputTokens,
            long linesAdded,
            long linesRemoved) {}
}
