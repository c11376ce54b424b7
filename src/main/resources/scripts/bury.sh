# shellcheck shell=sh disable=SC2154,SC2034
# Removes a session's files after its worktree has gone, leaving a tombstone. May be repeated.
#
# bury.sh ID NAME
cd "$S" || exit 10
[ -e "gone/$1" ] || true >"gone/$1" || { echo "fault disk"; exit 12; }
tmux -u -S tmux.sock kill-session -t "=$1" 2>/dev/null
if IFS= read -r m_owner 2>/dev/null <"names/$2" && [ "$m_owner" = "$1" ]; then
  rm -f "names/$2"
fi
# Out of the way first, in one step: whoever still runs there finds no folder to write into, and one
# that is half deleted is never taken for a session.
if [ -e "sessions/$1" ]; then
  # Somebody who buries it too, from a connection that has gone, may be faster.
  mv "sessions/$1" "gone/.$1.$$" 2>/dev/null || [ ! -e "sessions/$1" ] || exit 12
fi
rm -rf "gone/.$1".*
[ ! -e "sessions/$1" ] && echo buried
