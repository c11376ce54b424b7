# shellcheck shell=sh disable=SC2154,SC2034
# Presses a key in a session's terminal, or several, a moment apart.
#
# key.sh ID KEYS
cd "$S" || exit 10
case $(tmux -u -S tmux.sock display-message -p -t "=$1:" '#{pane_dead}' 2>/dev/null) in
0) ;;
*) echo ended; exit 0 ;;
esac
m_next=
for m_key in $2; do
  # Close together, Escape and what follows it are read as one key.
  [ -z "$m_next" ] || sleep 0.3 2>/dev/null || sleep 1
  m_next=yes
  tmux -u -S tmux.sock send-keys -t "=$1:" "$m_key" || exit 0
done
echo pressed
