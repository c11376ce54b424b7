# shellcheck shell=sh disable=SC2154,SC2034
# Whether the journal can be written again after events were lost; then tmux may forget that.
#
# lost.sh ID…
# Answers `disk SIZE FREE` in KiB, and `written` or `full`.
cd "$S" || exit 10
# shellcheck disable=SC2046
m_room=$(LC_ALL=C df -Pk . 2>/dev/null | awk 'END { if (NF >= 6) print $2 " " $4 }')
[ -z "$m_room" ] || printf 'disk %s\n' "$m_room"
# More than an event, so that the next one fits.
if ! { dd if=/dev/zero of="watch/room.$$" bs=1024 count=256 && rm -f "watch/room.$$"; } 2>/dev/null; then
  rm -f "watch/room.$$"
  echo full
  exit 0
fi
for m_id; do
  tmux -u -S tmux.sock set-option -pu -t "=$m_id:" @muster_lost 2>/dev/null
done
echo written
