package dev.muster.api;

import java.util.List;

/// `GET /api/v1/sessions/{id}/diff?stat=BOOL`: everything against the base, committed,
/// uncommitted and untracked.
///
/// @param base the commit it is measured from
/// @param files one row a file
/// @param patch unified diff, untrusted; empty with `stat`
/// @param truncated true when the patch was cut at the service's limit
public record Diff(String base, List<FileChange> files, String patch, boolean truncated) {

    /// @param status git's letter: `A`, `M`, `D`, `R`, …, or `?` for untracked
    /// @param added lines, or -1 for a binary file
    /// @param removed lines, or -1 for a binary file
    /// @param committed true when all of it is committed
    public record FileChange(
            String path, String status, int added, int removed, boolean committed) {}
}
