#!/bin/sh
# The hook of Gemini's SessionStart. Where it asks first whether the folder may be trusted, it says so
# once before that question, and again after it: only the second counts. It comes before its screen, and
# what is typed until then is lost: title.sh hands it on when the screen is there.
if [ -e "${MUSTER_RUN_DIR:-}/gated" ] && [ ! -e "$MUSTER_RUN_DIR/asked" ]; then
  cat >/dev/null
  true >"$MUSTER_RUN_DIR/asked"
  exit 0
fi
if [ -d "${MUSTER_RUN_DIR:-}" ] && [ ! -e "$MUSTER_RUN_DIR/heard" ]; then
  cat >"$MUSTER_RUN_DIR/began.new" && mv "$MUSTER_RUN_DIR/began.new" "$MUSTER_RUN_DIR/began" &&
    true >"$MUSTER_RUN_DIR/heard"
  exit 0
fi
exec /bin/sh "${0%/*}/hook.sh"
