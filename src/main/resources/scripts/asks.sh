# shellcheck shell=sh disable=SC2154,SC2034
# What waits for an answer here: a line `waits SESSION REQUEST` for each. Reads only.
cd "$S" 2>/dev/null || exit 10
for m_p in sessions/*/asks/*/pid; do
  [ -e "$m_p" ] || continue
  m_a=${m_p%/pid}
  [ ! -e "$m_a/answer" ] || continue
  IFS= read -r m_pid 2>/dev/null <"$m_p" || continue
  case $m_pid in '' | *[!0-9]*) continue ;; esac
  kill -0 "$m_pid" 2>/dev/null || continue
  m_s=${m_a#sessions/}
  echo "waits ${m_s%%/*} ${m_a##*/}"
done
echo "done"
