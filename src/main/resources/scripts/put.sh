# shellcheck shell=sh disable=SC2154,SC2034
# Tells the agent of a session without a screen something, once for each name, however often it is asked.
#
# put.sh ID NAME LENGTH; input: the bytes of a line of JSON. NAME: a prompt's uuid, or `c-…` for a question
# that only the run that is on now can answer.
# Answers `put`, `put before`, `ended`, `none` or `disk`.
cd "$S" || exit 10
D=sessions/$1
[ -e "$D/session.json" ] || { echo none; exit 0; }
m_before() {
  [ -e "$D/done/$2" ] || [ -e "$D/out/$2" ] || [ -e "$D/in/$2" ]
}
m_before "$@" && { echo "put before"; exit 0; }
m_run=0
while [ -d "$D/run.$((m_run + 1))" ]; do m_run=$((m_run + 1)); done
R=$D/run.$m_run
# Not begun yet: it is read as soon as it has.
if [ ! -d "$D/in" ] || [ -e "$R/exit" ] || [ -e "$R/closed" ]; then
  echo ended
  exit 0
fi
cat >"$D/.put.$2.$$" 2>/dev/null || { rm -f "$D/.put.$2.$$"; echo disk; exit 0; }
m_size=$(wc -c <"$D/.put.$2.$$")
[ $((m_size)) = "$3" ] || { rm -f "$D/.put.$2.$$"; exit 15; } # the connection broke in the middle
mv "$D/.put.$2.$$" "$D/in/$2" || { echo disk; exit 0; }
# Its input may have been closed just now: then it is taken back, unless it was read before that.
if [ -e "$R/closed" ] && mv "$D/in/$2" "$D/.put.$2.$$" 2>/dev/null; then
  rm -f "$D/.put.$2.$$"
  echo ended
  exit 0
fi
# Open for both ends, so that it never waits for a reader.
[ ! -p "$R/wake" ] || { echo 1<>"$R/wake"; } 2>/dev/null
echo put
