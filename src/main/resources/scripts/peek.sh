# shellcheck shell=sh disable=SC2154,SC2034
# A session's screen as text.
#
# peek.sh ID LINES
cd "$S" || exit 10
exec tmux -u -S tmux.sock capture-pane -p -J -t "=$1:" -S "-$2"
