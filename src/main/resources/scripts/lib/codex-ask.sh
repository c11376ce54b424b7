#!/bin/sh
# The hook of Codex's PermissionRequest. Codex shows its own dialog only when this ends without an
# answer: it asks elsewhere as long as nobody looks at the session's screen, and as soon as somebody
# does, the dialog is theirs. Whatever goes wrong in here, Codex asks on its screen.
m_seen() {
  m_count=$(tmux -S "${MUSTER_RUN_DIR%/sessions/*}/tmux.sock" display-message -p \
    -t "${TMUX_PANE:-none}" '#{session_attached}' 2>/dev/null) || return 1
  [ "${m_count:-0}" != 0 ]
}
if [ ! -e "${0%/*}/ask.sh" ] || [ ! -d "${MUSTER_RUN_DIR:-}" ] || m_seen; then
  cat >/dev/null
  exit 0
fi
m_out=$MUSTER_RUN_DIR/ask.$$
m_in=$(cat)
umask 077
printf '%s' "$m_in" | /bin/sh "${0%/*}/ask.sh" codex >"$m_out" &
m_ask=$!
trap 'kill "$m_ask" 2>/dev/null; rm -f "$m_out"; exit 0' TERM HUP INT
while kill -0 "$m_ask" 2>/dev/null; do
  ! m_seen || kill "$m_ask" 2>/dev/null
  sleep 0.5 2>/dev/null || sleep 1
done
cat "$m_out" 2>/dev/null
rm -f "$m_out"
