#!/bin/sh
# The hook of Codex's SessionStart: keeps where Codex writes its conversation down, for title.sh, and
# goes on as the hook of any event.
m_in=$(cat)
m_file=${m_in#*'"transcript_path":"'}
if [ "$m_file" != "$m_in" ] && [ -d "${MUSTER_RUN_DIR:-}" ]; then
  printf '%s\n' "${m_file%%\"*}" >"$MUSTER_RUN_DIR/transcript" 2>/dev/null
fi
printf '%s' "$m_in" | exec /bin/sh "${0%/*}/hook.sh"
