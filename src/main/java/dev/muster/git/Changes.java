package dev.muster.git;

import dev.muster.shell.Script;
import java.util.List;

/// What a session changed against its base, in numbers for the board.
///
/// @param files files changed, committed or not, untracked ones included
/// @param added lines added; binary files and files over 8 MB have none
/// @param removed lines removed
/// @param commits commits on its branch that the base does not have
public record Changes(int files, int added, int removed, int commits) {
    public static final Changes NONE = new Changes(0, 0, 0, 0);

    /// Counts them. Some 15 ms on a small repo: cheap enough for after each turn.
    ///
    /// @param worktree absolute path
    /// @param base what the session started from, as it was asked; may be empty
    /// @param start the commit that it started at: used where the base is gone; may be empty
    public static Script script(String worktree, String base, String start) {
        return GitScripts.of(
                "git-changes",
                List.of("git-common", "git-changes"),
                "m_with_tmp m_changes \"$1\" \"$2\" \"$3\"",
                List.of(worktree, base, start));
    }

    /// @throws IllegalArgumentException when the output holds no answer: it is not known then
    public static Changes parse(String out) {
        String[] words = out.strip().split(" ");
        if (words.length != 7 || !words[0].equals("changes")) {
            throw new IllegalArgumentException("no answer on the changes: " + out);
        }
        return new Changes(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
    }
}
