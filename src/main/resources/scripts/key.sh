# shellcheck shell=sh disable=SC2154,SC2034
# Presses one key in a session's terminal.
#
# key.sh ID KEY
cd "$S" || exit 10
case $(tmux -u -S tmux.sock display-message -p -t "=$1:" '#{pane_dead}' 2>/dev/null) in
0) ;;
*) echo ended; exit 0 ;;
esac
tmux -u -S tmux.sock send-keys -t "=$1:" "$2" && echo pressed
