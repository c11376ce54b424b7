/// Worktrees of a session: naming, making, what changed in them, and removing them without losing
/// work.
///
/// Start at {@link dev.muster.git.WorktreeAdd}, {@link dev.muster.git.Changes} and
/// {@link dev.muster.git.Removal}: each builds the script to run on a host and reads its answer.
/// Nothing here runs anything; the host's own git does all matching and comparing.
@NullMarked
package dev.muster.git;

import org.jspecify.annotations.NullMarked;
