# shellcheck shell=sh disable=SC2154,SC2034
# Presses a key in a session's terminal, or several, a moment apart, but never in a dialog of an agent
# that waits for an answer.
#
# key.sh ID KEYS; answers `pressed`, `ended` or `dialog`
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
m_next=
for m_key in $2; do
  # Close together, Escape and what follows it are read as one key.
  [ -z "$m_next" ] || sleep 0.3 2>/dev/null || sleep 1
  m_next=yes
  tmux -u -S tmux.sock send-keys -t "=$1:" "$m_key" || exit 0
done
echo pressed
