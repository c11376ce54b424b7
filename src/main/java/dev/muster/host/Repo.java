package dev.muster.host;

import java.util.List;
import java.util.Optional;

/// A git repository on a host.
///
/// @param path on the host; a leading `~/` is the home there; no slash at the end
/// @param base the branch that new work starts from; empty: the repo's own HEAD
/// @param worktrees folder for worktrees; empty: `<path>.worktrees`
/// @param setup a command for the user's shell, run in each new worktree
/// @param include gitignore patterns of ignored files to copy, besides `.worktreeinclude`
/// @param disposable gitignore patterns of ignored files that removal need not ask about
/// @param trust Muster may record the agent's workspace trust for this repo
public record Repo(
        String name,
        String path,
        Optional<String> base,
        Optional<String> worktrees,
        Optional<String> setup,
        List<String> include,
        List<String> disposable,
        boolean trust) {

    public Repo {
        include = List.copyOf(include);
        disposable = List.copyOf(disposable);
    }

    /// A repo that no file names, but a command line does: `start local:~/src/api`. It is called
    /// as its folder, and nothing is set for it.
    ///
    /// @param path absolute, or from the host's home as `~/…`
    /// @throws IllegalArgumentException for any other path, with a sentence that says why
    public static Repo at(String path) {
        String checked;
        try {
            checked = Words.path(path);
        } catch (Refused e) {
            throw new IllegalArgumentException(
                    "the repo path " + Faults.quoted(path) + " " + e.problem() + "; " + e.fix(), e);
        }
        String folder = checked.substring(checked.lastIndexOf('/') + 1);
        String name = folder.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        return new Repo(
                name.isEmpty() ? "repo" : name,
                checked,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false);
    }
}
