package dev.muster.git;

import dev.muster.shell.Script;
import java.util.List;
import java.util.Locale;

/// The removal of a session's worktree. The check and the removal are one script on the host, so
/// that nothing can come in between; it can be repeated after it was cut off at any point.
///
/// A session without a worktree has nothing here to remove: its checkout is the user's own.
///
/// @param session its id
/// @param folder its folder in the host's state, absolute
/// @param repo the repo, absolute
/// @param worktree absolute
/// @param branch the branch it was made with; deleted only if Muster made it and it has nothing
///     of its own, or all of that was saved
/// @param disposable gitignore patterns of ignored files that may go
/// @param limit bytes that {@link Mode#FORCE} may save
public record Removal(
        String session,
        String folder,
        String repo,
        String worktree,
        String branch,
        List<String> disposable,
        long limit) {

    /// What {@link Mode#FORCE} saves at most, unless asked otherwise: 512 MiB.
    public static final long LIMIT = 512L << 20;

    public Removal {
        disposable = List.copyOf(disposable);
    }

    public enum Mode {
        /// Only says what would be lost.
        CHECK,
        /// Refuses when something would be lost.
        REMOVE,
        /// Saves all of it first, or refuses when that can't be done.
        FORCE
    }

    public Script script(Mode mode) {
        return GitScripts.of(
                "git-remove",
                List.of("git-common", "git-check", "git-rescue", "git-remove"),
                "m_remove \"$@\"",
                List.of(
                        mode.name().toLowerCase(Locale.ROOT),
                        session,
                        folder,
                        repo,
                        worktree,
                        branch,
                        String.join("\n", disposable),
                        Long.toString(limit)));
    }
}
