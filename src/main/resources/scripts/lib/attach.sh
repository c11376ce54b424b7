#!/bin/sh
# attach.sh MODE, beside a session's files: its terminal. MODE is rw, ro or shell.
D=${0%/*}
cd "${D%/sessions/*}" || exit 1
id=${D##*/}
unset TMUX TMUX_PANE
case $1 in
rw) exec tmux -u -S tmux.sock attach-session -t "=$id" ;;
ro) exec tmux -u -S tmux.sock attach-session -f read-only,ignore-size -t "=$id" ;;
shell)
  # shellcheck disable=SC1091
  . "$D/plan"
  [ "$MODE" = worktree ] || WORKTREE=$REPO
  cd "$WORKTREE" || exit 1
  exec "${SHELL:-/bin/sh}" -i
  ;;
esac
