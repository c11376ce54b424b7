package dev.muster.git;

import dev.muster.shell.Script;
import java.util.List;

/// Everything a session changed against its base: committed, uncommitted and untracked.
///
/// @param base the commit it is measured from: the merge base with the base branch
/// @param files by path
/// @param patch unified diff, untrusted; empty when none was asked for
/// @param truncated whether the patch was cut at the limit
public record WorktreeDiff(String base, List<FileChange> files, String patch, boolean truncated) {

    public WorktreeDiff {
        files = List.copyOf(files);
    }

    /// @param path where the file is now; untrusted
    /// @param oldPath where it was, for `R` and `C`; else the same
    /// @param status git's letter, or `?` for an untracked file
    /// @param added lines, or -1 for a binary file or one over 8 MB
    /// @param removed lines, or -1 likewise
    /// @param committed whether all of it is committed
    public record FileChange(
            String path, String oldPath, char status, int added, int removed, boolean committed) {}

    /// @param limit bytes of patch at most; 0 for the list of files only
    public static Script script(String worktree, String base, String start, int limit) {
        return GitScripts.of(
                "git-diff",
                List.of("git-common", "git-changes"),
                "m_with_tmp m_whole_diff \"$1\" \"$2\" \"$3\" \"$4\"",
                List.of(worktree, base, start, Integer.toString(limit)));
    }

    /// @param out what the script printed
    /// @param limit as the script was given
    /// @throws IllegalArgumentException when the output is not whole
    public static WorktreeDiff parse(byte[] out, int limit) {
        return new DiffParser(out).parse(limit);
    }
}
