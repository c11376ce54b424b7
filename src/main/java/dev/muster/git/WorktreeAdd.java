package dev.muster.git;

import java.util.List;

/// The making of a session's worktree, as a part of the script that launches it.
///
/// That script begins with {@link #functions()}, sets `M_ID` and `M_DIR`, calls
/// `m_worktree_add REPO WORKTREE BRANCH BASE [take]` and `m_copy_included "$m_top" WORKTREE
/// PATTERNS`, and passes their lines on. {@link WorktreeAnswer} reads the first one.
public final class WorktreeAdd {
    private WorktreeAdd() {}

    /// The shell functions; loading them does nothing.
    public static String functions() {
        return GitScripts.text(List.of("git-common", "git-worktree"));
    }
}
