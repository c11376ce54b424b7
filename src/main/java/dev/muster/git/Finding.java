package dev.muster.git;

import java.util.Locale;

/// One thing that the check of a worktree found.
///
/// @param count how many commits, files or entries; the process id of a {@link Kind#PROCESS}
/// @param name a path, commit, command line or message; untrusted, may be empty
public record Finding(Kind kind, int count, String name) {

    /// Each is the script's word for it, in lower case with dashes.
    public enum Kind {
        /// A tracked file that differs from HEAD, staged or not.
        UNCOMMITTED(true),
        /// Likewise, but git was told not to look (assume-unchanged, skip-worktree).
        HIDDEN(true),
        /// Changes that are staged, in a worktree whose folder is gone.
        STAGED(true),
        UNTRACKED(true),
        /// An ignored file that Muster did not put there, or that changed since.
        IGNORED(true),
        /// Commits on no remote and no other branch. Name: the newest.
        COMMITS(true),
        /// A repo inside, with commits that are nowhere else.
        NESTED_COMMITS(true),
        /// A repo inside, with files of its own that are not committed.
        NESTED_CHANGES(true),
        /// A rebase, merge, bisect, … in progress. Name: the file that tells of it.
        OPERATION(true),
        /// Locked with `git worktree lock`. Name: the reason given.
        LOCKED(true),
        /// A process with its working folder inside. Name: its command line.
        PROCESS(true),
        /// The host offers no way to tell.
        PROCESSES_UNKNOWN(true),
        /// A file system mounted inside.
        MOUNT(true),
        /// Something of this could not be read. Name: what, and why.
        UNREAD(true),
        /// The repo has stashes; they stay with it.
        STASH(false),
        /// Amended or rebased commits, which only the worktree's reflog still names.
        REFLOG(false),
        /// git had forgotten the worktree, and was told of it again.
        REATTACHED(false);

        private final boolean blocking;

        Kind(boolean blocking) {
            this.blocking = blocking;
        }

        /// Whether it holds a removal up.
        public boolean blocking() {
            return blocking;
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
