#!/bin/sh
# The hook of Gemini's SessionStart. Where it asks first whether the folder may be trusted, it says so
# once before that question, and again after it: only the second counts. It comes before its screen, and
# what is typed until then is lost: title.sh hands it on when the screen is there. Keeps where Gemini
# writes its conversation down, for title.sh, too.
m_in=$(cat)
m_file=${m_in#*'"transcript_path":"'}
if [ "$m_file" != "$m_in" ] && [ -d "${MUSTER_RUN_DIR:-}" ]; then
  printf '%s\n' "${m_file%%\"*}" >"$MUSTER_RUN_DIR/transcript" 2>/dev/null
fi
if [ -e "${MUSTER_RUN_DIR:-}/gated" ] && [ ! -e "$MUSTER_RUN_DIR/asked" ]; then
  true >"$MUSTER_RUN_DIR/asked"
  exit 0
fi
if [ -d "${MUSTER_RUN_DIR:-}" ] && [ ! -e "$MUSTER_RUN_DIR/heard" ]; then
  printf '%s' "$m_in" >"$MUSTER_RUN_DIR/began.new" && mv "$MUSTER_RUN_DIR/began.new" "$MUSTER_RUN_DIR/began" &&
    true >"$MUSTER_RUN_DIR/heard"
  exit 0
fi
printf '%s' "$m_in" | exec /bin/sh "${0%/*}/hook.sh"
