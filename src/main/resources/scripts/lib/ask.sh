#!/bin/sh
# ask.sh AGENT: the hook of an agent that asks before it does something. Writes down what is asked, then
# waits beside the agent's own dialog for an answer from elsewhere, and prints that. Whatever goes wrong
# in here, it ends without a word: the dialog on the screen then decides, as without Muster.
#
# The request on standard input is JSON. While it waits, asks/<id>/ beside the session's files holds
# pid, wake (a FIFO that ends the wait), payload (only what is too long for a record), and, once
# somebody made it, answer: the claim. Whoever links a file to that name first has answered.
m_agent=${1:-claude} m_tick=${MUSTER_ASK_TICK:-20} m_most=65536
umask 077
LC_ALL=C
export LC_ALL
m_none() {
  cat >/dev/null 2>&1
  exit 0
}
LIB=${0%/*}
D=
case ${MUSTER_EVENT:-} in
/*/sessions/*/event) D=${MUSTER_EVENT%/event} ;;
esac
if [ ! -e "$D/session.json" ]; then
  case $LIB in
  /*/lib/*) D=${LIB%/lib/*}/sessions/${MUSTER_SESSION:-none} ;;
  esac
fi
if [ ! -e "$D/session.json" ] || [ ! -e "$LIB/journal.sh" ]; then
  m_none
fi
# shellcheck disable=SC2034 # for journal.sh
S=${D%/sessions/*}
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"
m_run=0
while [ -d "$D/run.$((m_run + 1))" ]; do m_run=$((m_run + 1)); done
m_id=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
[ "${#m_id}" = 16 ] || m_none
A=$D/asks/$m_id
mkdir -p "$D/asks" 2>/dev/null
mkdir "$A" 2>/dev/null || m_none
# The record's beginning, with the time that it is written at.
m_head() {
  printf '{"s":"%s","k":"agent","a":"%s","run":%s,"t":%s' "${D##*/}" "$m_agent" "$m_run" "$(m_now)"
}
m_reader=''
m_timer=''

m_quiet() {
  [ -z "$m_reader" ] || kill "$m_reader" 2>/dev/null
  [ -z "$m_timer" ] || kill "$m_timer" 2>/dev/null
  rm -f "$A/payload" "$A/wake" "$A/pid" "$A/.end" "$A/.done"
}

# m_over GIVEN-OR-CANCELLED HOW WHO-HEX: the request waits no more.
m_over() {
  { printf '%s\n' "$1" >"$A/.done" && mv -f "$A/.done" "$A/done"; } 2>/dev/null
  m_put "$(m_head),\"src\":\"settled\",\"id\":\"$m_id\",\"how\":\"$2\",\"x\":\"$3\"}"
  m_quiet
  exit 0
}

# Dismissed on the screen, or nobody is there any more who asked.
m_cancel() {
  trap '' TERM HUP INT
  { printf 'cancelled - - %s\n' "$(m_now)" >"$A/.end" && ln "$A/.end" "$A/answer"; } 2>/dev/null
  m_over cancelled cancelled ''
}
trap m_cancel TERM HUP INT

{ cat >"$A/payload" && mkfifo "$A/wake" && printf '%s\n' $$ >"$A/pid"; } 2>/dev/null || {
  m_quiet
  exit 0
}
# Open for both ends: what is written while nobody reads stays, and no open ever waits.
exec 3<>"$A/wake"
# shellcheck disable=SC2012
m_size=$(ls -ln "$A/payload" | { read -r _ _ _ _ m_n _ && echo "$m_n"; })
if [ "${m_size:-0}" -le "$m_most" ]; then
  # A line break stands between tokens only: within a text, JSON has it as \n.
  m_record="$(m_head),\"src\":\"ask\",\"id\":\"$m_id\",\"d\":$(tr '\n\r' '  ' <"$A/payload")}"
  rm -f "$A/payload"
else
  m_sum=$({ sha256sum || shasum -a 256 || openssl dgst -sha256 -r; } 2>/dev/null <"$A/payload")
  m_record="$(m_head),\"src\":\"ask\",\"id\":\"$m_id\",\"size\":$m_size,\"sum\":\"${m_sum%% *}\",\"x\":\"$(
    head -c 4096 "$A/payload" | m_hex_in
  )\"}"
fi
m_put "$m_record" || {
  m_quiet
  exit 0
}
unset m_record

m_agent_pid=
if [ -e "$D/run.$m_run/started" ]; then
  IFS= read -r m_agent_pid <"$D/run.$m_run/started"
fi
# Whoever runs us may be a shell between the agent and us, which outlives it.
m_wanted() {
  kill -0 "$PPID" 2>/dev/null && [ ! -e "$D/run.$m_run/exit" ] || return 1
  case $m_agent_pid in
  '' | *[!0-9]*) return 0 ;;
  esac
  kill -0 "$m_agent_pid" 2>/dev/null
}

while [ ! -e "$A/answer" ]; do
  m_wanted || m_cancel
  # Waiting is left to children: a shell that reads itself runs no trap meanwhile.
  (
    m_sleep=
    trap '[ -z "$m_sleep" ] || kill "$m_sleep" 2>/dev/null; exit 0' TERM
    sleep "$m_tick" &
    m_sleep=$!
    wait "$m_sleep"
    echo >&3
  ) </dev/null >/dev/null 2>&1 &
  m_timer=$!
  (IFS= read -r _ <&3) </dev/null >/dev/null 2>&1 &
  m_reader=$!
  wait "$m_reader"
  kill "$m_timer" 2>/dev/null
  m_timer=''
  m_reader=''
done

trap '' TERM HUP INT
m_how=''
m_who=''
read -r m_how m_who _ <"$A/answer"
case $m_how in
allowed | denied | answered)
  if sed 1d "$A/answer" 2>/dev/null; then
    m_over given "$m_how" "$m_who"
  else
    m_over cancelled cancelled ''
  fi
  ;;
*)
  # Answered by hand: the agent has gone on long since, and whoever reads its events knows.
  { printf 'given\n' >"$A/.done" && mv -f "$A/.done" "$A/done"; } 2>/dev/null
  m_quiet
  ;;
esac
exit 0
