# shellcheck shell=sh
# Placeholder until worktrees are made.
m_worktree_add() {
  git -C "$2" worktree add --no-track -b "$4" "$3" ${6:+"$6"}
}
m_copy_included() {
  :
}
