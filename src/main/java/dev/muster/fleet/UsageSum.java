package dev.muster.fleet;

import dev.muster.session.Counters;
import java.util.List;

/// What was used under one name.
///
/// @param name of the day (`2026-11-20`), host, repo, account or model; empty where that is unknown
/// @param sessions how many sessions took part
public record UsageSum(String name, int sessions, Counters used) {

    /// Sums by name, and the sum of all. A session may take part in several, and counts once in
    /// all.
    public record Table(List<UsageSum> rows, UsageSum total) {}
}
