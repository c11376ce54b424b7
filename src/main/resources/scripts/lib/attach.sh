#!/bin/sh
# attach.sh MODE [LINES], beside a session's files: its terminal. MODE is rw, join, ro or shell. LINES
# that have scrolled away are printed first, for a terminal that keeps them.
#
# join is rw, but leaves the size to those who are there already, while they are. It tells so with an
# escape sequence that terminals pass over: OSC 7717. `read` of these, in join and wherever LINES are
# asked for, wants a byte as its answer.
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

# tmux begins by throwing away what the terminal was written and nobody has read yet: so it waits until
# all has been, but not for ever.
m_read() {
  m_tty=$(stty -g)
  stty -echo -icanon min 0 time 100
  printf '\033]7717;read\007'
  dd bs=1 count=1 >/dev/null 2>&1
  stty "$m_tty"
}

# Whether somebody's size counts.
m_sized() {
  m_tmux list-clients -t "=$id" -F '#{client_flags}' | grep -qv ignore-size
}

# m_first LINES: what has scrolled away, for a terminal that asks for it.
m_first() {
  [ "${1:-0}" -gt 0 ] || return
  m_history "$1"
  m_read
}

case $1 in
rw)
  m_first "$2"
  exec tmux -u -S tmux.sock attach-session -t "=$id"
  ;;
ro)
  m_first "$2"
  exec tmux -u -S tmux.sock attach-session -f read-only,ignore-size -t "=$id"
  ;;
join)
  m_joins=
  ! m_sized || m_joins=1
  [ "${2:-0}" -eq 0 ] || m_history "$2"
  [ -z "$m_joins" ] || printf '\033]7717;joined\007'
  m_read
  [ -n "$m_joins" ] || exec tmux -u -S tmux.sock attach-session -t "=$id"
  # tmux reads the hook's command, then a shell does: no name that either could read otherwise. Who leaves
  # before this one is there is missed by it: so one look more, a second later.
  case $D in
  *[!A-Za-z0-9_./@+-]*) ;;
  *)
    m_tmux set-hook -t "=$id:" client-detached "run-shell -b 'exec sh $D/attach left'" \; \
      run-shell -b -d 1 "exec sh $D/attach left"
    ;;
  esac
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
