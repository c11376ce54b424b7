package dev.muster.session;

/// What a worktree holds against its base.
///
/// @param files files changed, committed or not, untracked ones included
/// @param added lines
/// @param removed lines
/// @param commits on its branch and not in the base
public record Changes(int files, int added, int removed, int commits) {}
