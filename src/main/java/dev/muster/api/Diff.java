package dev.muster.api;

import java.util.List;

/// `GET /api/v1/sessions/{id}/diff?part=PART&path=PATH&limit=N&stat=BOOL`: everything against the
/// base, committed, uncommitted and untracked, or a part of it.
///
/// @param base the commit it is measured from
/// @param files one row a file
/// @param patch unified diff, untrusted; empty with `stat`
/// @param truncated true when the patch was cut at the limit
public record Diff(String base, List<FileChange> files, String patch, boolean truncated) {

    /// @param oldPath where it was, for `R` and `C`; else the same
    /// @param status git's letter: `A`, `M`, `D`, `R`, …, or `?` for untracked
    /// @param added lines, or -1 for a binary file
    /// @param removed lines, or -1 for a binary file
    /// @param committed true when all of it is committed
    public record FileChange(
            String path,
            String oldPath,
            String status,
            int added,
            int removed,
            boolean committed) {}
}
