# shellcheck shell=sh disable=SC2154,SC2034
# Presses one key in a session's terminal, but never in a dialog of an agent that waits for an answer.
#
# key.sh ID KEY; answers `pressed`, `ended` or `dialog`
cd "$S" || exit 10
case $(tmux -u -S tmux.sock display-message -p -t "=$1:" '#{pane_dead}' 2>/dev/null) in
0) ;;
*) echo ended; exit 0 ;;
esac
for m_p in "sessions/$1"/asks/*/pid; do
  [ -e "$m_p" ] || continue
  [ ! -e "${m_p%/pid}/answer" ] || continue
  m_pid=
  IFS= read -r m_pid 2>/dev/null <"$m_p"
  case $m_pid in '' | *[!0-9]*) continue ;; esac
  ! kill -0 "$m_pid" 2>/dev/null || { echo dialog; exit 0; }
done
tmux -u -S tmux.sock send-keys -t "=$1:" "$2" && echo pressed
