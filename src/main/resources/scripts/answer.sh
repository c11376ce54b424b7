# shellcheck shell=sh disable=SC2154,SC2034
# Gives an answer to a request that waits in ask.sh. The first answer counts; the same one (by its
# token) may be given again and again, and says what became of it.
#
# answer.sh ID REQUEST HOW WHO-HEX TOKEN LENGTH; input: what the agent is told
# HOW is allowed, denied, answered, retired (by hand, elsewhere: the wait ends without a word), or -
# (only what became of an answer given before).
# Answers one line: `none`, `gone` (nobody waits), `disk`, `given`, `cancelled` (dismissed on the screen
# before it was told), `unknown` (taken, not told yet), `lost` (killed before it said so), or `other HOW WHO-HEX SECONDS`: answered before.
cd "$S" 2>/dev/null || exit 10
A=sessions/$1/asks/$2
[ -d "$A" ] || { echo none; exit 0; }
m_token=$5
m_lives() {
  m_pid=
  [ ! -e "$A/pid" ] || IFS= read -r m_pid <"$A/pid"
  case $m_pid in '' | *[!0-9]*) return 1 ;; esac
  kill -0 "$m_pid" 2>/dev/null
}
if [ ! -e "$A/answer" ]; then
  if [ "$3" = - ] || ! m_lives; then
    echo gone
    exit 0
  fi
  N=$A/.$5.$$
  { printf '%s %s %s %s\n' "$3" "${4:--}" "$5" "$(date +%s)" && cat; } >"$N" 2>/dev/null ||
    { rm -f "$N"; echo disk; exit 0; }
  # shellcheck disable=SC2012
  m_size=$(sed 1d "$N" | wc -c)
  [ $((m_size)) = "$6" ] || { rm -f "$N"; exit 15; } # the connection broke in the middle
  ln "$N" "$A/answer" 2>/dev/null
  rm -f "$N"
fi
read -r m_how m_who m_by m_at <"$A/answer" || { echo unknown; exit 0; }
if [ "$m_by" != "$m_token" ]; then
  echo "other $m_how $m_who $m_at"
  exit 0
fi
m_i=0
while [ ! -e "$A/done" ] && [ "$m_i" -lt 100 ]; do
  # Open for both ends, so that it never waits for a reader.
  [ ! -p "$A/wake" ] || { echo 1<>"$A/wake"; } 2>/dev/null
  m_lives || [ -e "$A/done" ] || break
  m_i=$((m_i + 1))
  sleep 0.03 2>/dev/null || { sleep 1; m_i=$((m_i + 30)); }
done
m_done=
[ ! -e "$A/done" ] || IFS= read -r m_done <"$A/done"
[ -n "$m_done" ] || { m_lives && m_done=unknown; } || m_done=lost
echo "$m_done"
