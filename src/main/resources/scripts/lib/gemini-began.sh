#!/bin/sh
# The hook of Gemini's SessionStart. Where it asks first whether the folder may be trusted, it says so
# once before that question, and again after it: only the second counts.
if [ -e "${MUSTER_RUN_DIR:-}/gated" ] && [ ! -e "$MUSTER_RUN_DIR/asked" ]; then
  cat >/dev/null
  true >"$MUSTER_RUN_DIR/asked"
  exit 0
fi
exec /bin/sh "${0%/*}/hook.sh"
