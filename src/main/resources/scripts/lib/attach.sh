#!/bin/sh
# attach.sh MODE [LINES], beside a session's files: its terminal. MODE is rw, join, ro or shell. LINES
# that have scrolled away are printed first, for a terminal that keeps them.
#
# join is rw, but leaves the size to those who are there already, while they are. It tells so with an
# escape sequence that terminals pass over: OSC 7717.
D=${0%/*}
cd "${D%/sessions/*}" || exit 1
id=${D##*/}
unset TMUX TMUX_PANE

m_tmux() {
  tmux -u -S tmux.sock "$@"
}

# What has scrolled away, and then as many empty lines as drive it off the screen.
m_history() {
  kept=$(m_tmux display-message -p -t "=$id:" '#{history_size}' 2>/dev/null)
  [ "${kept:-0}" -gt 0 ] || return
  m_tmux capture-pane -p -e -t "=$id:" -S "-$1" -E -1
  printf '\033[0m'
  rows=$(stty size 2>/dev/null)
  rows=${rows%% *}
  while [ "${rows:-0}" -gt 0 ]; do
    echo
    rows=$((rows - 1))
  done
}

# Whether somebody's size counts.
m_sized() {
  m_tmux list-clients -t "=$id" -F '#{client_flags}' | grep -qv ignore-size
}

case $1 in rw | join | ro)
  [ "${2:-0}" -eq 0 ] || m_history "$2"
  ;;
esac
case $1 in
rw) exec tmux -u -S tmux.sock attach-session -t "=$id" ;;
ro) exec tmux -u -S tmux.sock attach-session -f read-only,ignore-size -t "=$id" ;;
join)
  m_sized || exec tmux -u -S tmux.sock attach-session -t "=$id"
  # tmux reads the hook's command, then a shell does: no name that either could read otherwise.
  case $D in
  *[!A-Za-z0-9_./@+-]*) ;;
  *) m_tmux set-hook -t "=$id:" client-detached "run-shell -b 'exec sh $D/attach left'" ;;
  esac
  printf '\033]7717;joined\007'
  exec tmux -u -S tmux.sock attach-session -f ignore-size -t "=$id"
  ;;
left)
  # Somebody left. Where nobody's size counts now, that of those who joined does.
  m_sized || m_tmux list-clients -t "=$id" -F '#{client_flags} #{client_name}' |
    while read -r flags client; do
      case $flags in *read-only*) continue ;; esac
      m_tmux refresh-client -t "$client" -f '!ignore-size' &&
        [ -c "$client" ] && printf '\033]7717;alone\007' >"$client"
    done
  ;;
shell)
  # shellcheck disable=SC1091
  . "$D/plan"
  [ "$MODE" = worktree ] || WORKTREE=$REPO
  cd "$WORKTREE" || exit 1
  exec "${SHELL:-/bin/sh}" -i
  ;;
esac
