package dev.muster.git;

import dev.muster.shell.HexText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What `m_worktree_add` answered.
public sealed interface WorktreeAnswer {

    /// The worktree is there and is this session's.
    ///
    /// @param commit what its branch points to
    /// @param madeBranch whether Muster made the branch, for this session
    /// @param already whether an earlier request had made it
    record Made(String commit, boolean madeBranch, boolean already) implements WorktreeAnswer {}

    /// It was not made, and nothing of it is left behind.
    ///
    /// @param detail what belongs to the reason, see {@link Reason}; may be empty
    record Refused(Reason reason, String detail) implements WorktreeAnswer {}

    /// Each is the script's word for it, in lower case with dashes.
    enum Reason {
        REPO_MISSING,
        /// Detail: git's message.
        NOT_A_REPO,
        BARE,
        /// Detail: the refs that are there, one on a line.
        BASE_MISSING,
        BRANCH_EXISTS,
        /// Detail: the worktree that has it.
        BRANCH_ELSEWHERE,
        /// Detail: `exists`, or `registered` when the folder is gone but git still lists it.
        PATH_TAKEN,
        BRANCH_INVALID,
        /// Detail: the branch that is in the way.
        BRANCH_CONFLICT,
        /// Detail: git's message.
        DISK_FULL,
        /// Detail: git's message.
        NO_PERMISSION,
        /// Detail: who holds the repo's lock.
        BUSY,
        /// Detail: git's message.
        FAILED,
        NO_GIT,
        /// git won't work in a repo of another user. Detail: git's message.
        NOT_TRUSTED,
        NO_COMMITS
    }

    /// Reads the line `worktree …` of the launch script's output.
    ///
    /// @throws IllegalArgumentException when there is no such line: whether it was made is unknown
    static WorktreeAnswer parse(Stream<String> lines) {
        String line =
                lines.filter(l -> l.startsWith("worktree "))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("no answer on the worktree"));
        List<String> words = List.of(line.split(" "));
        String word = words.get(1);
        if (word.equals("made") || word.equals("already")) {
            return new Made(words.get(2), words.get(3).equals("yes"), word.equals("already"));
        }
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        String detail = words.size() > 2 ? HexText.of(words.get(2)) : "";
        return new Refused(Reason.valueOf(name), detail);
    }
}
