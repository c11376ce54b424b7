package dev.muster.host;

import java.util.List;
import java.util.Optional;

/// A git repository on a host.
///
/// @param path on the host; a leading `~/` is the home there
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
        boolean trust) {}
