#!/bin/sh
# The status line of Claude Code: leaves what it reads of cost, context and limits for the sidecar to
# write down, then does what the user's own status line does.
m_in=$(cat)
if [ -n "$m_in" ] && [ -e "$MUSTER_LIB/json.sh" ] && [ -d "$MUSTER_RUN_DIR" ]; then
  # shellcheck source=src/main/resources/scripts/lib/json.sh
  . "$MUSTER_LIB/json.sh"
  # Not how long it has been running, which is another thing each time.
  m_new=$(printf '%s\n' "$m_in" | m_json_leaves | LC_ALL=C awk '
    BEGIN { FS = "\t" }
    NF > 3 && $1 != "rate_limits" { next }
    /^model\tid\t/ || /^cost\ttotal_(cost_usd|lines_)/ || /^rate_limits\t/ ||
    /^context_window\t(used_percentage|context_window_size)/ {
      name = $1
      for (i = 2; i < NF; i++) name = name "." $i
      if (length($NF) > 100) next
      printf "%s\"%s\":%s", out++ ? "," : "{", name, $NF
    }
    END { if (out) print "}" }' 2>/dev/null)
  IFS= read -r m_old 2>/dev/null <"$MUSTER_RUN_DIR/reading" || m_old=
  if [ -n "$m_new" ] && [ "$m_new" != "$m_old" ]; then
    { printf '%s\n' "$m_new" >"$MUSTER_RUN_DIR/reading.$$" && mv -f "$MUSTER_RUN_DIR/reading.$$" "$MUSTER_RUN_DIR/reading"; } 2>/dev/null ||
      rm -f "$MUSTER_RUN_DIR/reading.$$" 2>/dev/null
  fi
fi
[ -s "$MUSTER_RUN_DIR/statusline" ] || exit 0
m_own=$(cat "$MUSTER_RUN_DIR/statusline")
printf '%s\n' "$m_in" | exec /bin/sh -c "$m_own"
