package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One session as the board shows it.
///
/// @param id 26 characters, a ULID; never reused
/// @param name unique on its host
/// @param branch the branch of its worktree, or null when unknown
/// @param worktree absolute path on the host, or null while it is not made
/// @param lifecycle `queued`, `preparing`, `running` or `ended`
/// @param state `queued`, `preparing`, `starting`, `working`, `needs-approval`, `needs-input`,
///     `idle`, `rate-limited`, `blocked`, `finished`, `failed`, `crashed`, `stopped` or `lost`
/// @param detail what it does or waits for, in the agent's own words: untrusted text
/// @param since when it entered that state
/// @param asOf when this was last known to be so
/// @param stale true when the host can't be asked now: all of it is then as of `asOf`
/// @param estimated true when the agent offers no exact source for its state
/// @param managed false for a session that a person started by hand
/// @param owner `this`, or the id of the other service that owns it: read-only here, as is one that
///     is not managed, whose owner is empty
/// @param exitCode the agent's exit code once it ended, or null
/// @param signal the signal that ended it (`KILL`), or null
/// @param prompt the beginning of its first prompt, or null
/// @param until when it may go on, of a session that is over a limit and says so; else null
public record SessionRow(
        String id,
        String name,
        String host,
        String repo,
        @Nullable String branch,
        @Nullable String base,
        @Nullable String worktree,
        String agent,
        @Nullable String model,
        String lifecycle,
        String state,
        @Nullable String detail,
        Instant since,
        Instant asOf,
        Instant createdAt,
        boolean stale,
        boolean estimated,
        boolean managed,
        String owner,
        @Nullable Changes changes,
        @Nullable Usage usage,
        Map<String, String> labels,
        @Nullable String account,
        @Nullable Integer exitCode,
        @Nullable String signal,
        @Nullable String prompt,
        @Nullable Instant until) {

    /// What the session changed against its base.
    ///
    /// @param files files changed, committed or not, untracked ones included
    /// @param added lines added
    /// @param removed lines removed
    /// @param commits commits on its branch that the base does not have
    public record Changes(int files, int added, int removed, int commits) {}

    /// What the session used, as the agent reports it; null where it does not say.
    ///
    /// @param costUsd in all of its runs
    /// @param inputTokens sent in all of its runs, cached or not
    /// @param outputTokens got in all of its runs
    /// @param contextUsedPercent 0 to 100
    /// @param linesAdded in all of its runs, by the agent's own count
    public record Usage(
            @Nullable Double costUsd,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Double contextUsedPercent,
            @Nullable Long linesAdded,
            @Nullable Long linesRemoved) {}
}
