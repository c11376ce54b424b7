package dev.muster.git;

import dev.muster.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    /// Which of the work.
    public enum Part {
        /// Since the base: committed, uncommitted and untracked.
        ALL,
        /// Since the base, as of the last commit.
        COMMITTED,
        /// Since the last commit, untracked files too.
        UNCOMMITTED
    }

    /// What is asked for.
    ///
    /// @param limit bytes of patch at most; 0 for the list of files only
    /// @param paths whose patch it is, as [FileChange] has them; none: of all
    public record Ask(Part part, int limit, List<String> paths) {
        public Ask {
            paths = List.copyOf(paths);
        }

        public static Ask all(int limit) {
            return new Ask(Part.ALL, limit, List.of());
        }
    }

    public static Script script(String worktree, String base, String start, Ask ask) {
        List<String> args = new ArrayList<>();
        args.add(worktree);
        args.add(base);
        args.add(start);
        args.add(Integer.toString(ask.limit()));
        args.add(ask.part().name().toLowerCase(Locale.ROOT));
        args.addAll(ask.paths());
        return GitScripts.of(
                "git-diff",
                List.of("git-common", "git-changes"),
                "m_with_tmp m_whole_diff \"$@\"",
                args);
    }

    /// @param out what the script printed
    /// @param limit as the script was given
    /// @throws IllegalArgumentException when the output is not whole
    public static WorktreeDiff parse(byte[] out, int limit) {
        return new DiffParser(out).parse(limit);
    }
}
