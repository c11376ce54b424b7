#!/bin/sh
# Beside a running Claude Code: writes down how it stands, by the file that it keeps of itself, and
# what its status line read. Ends with the agent.
#
# registry.sh RUN-FOLDER PID SESSIONS-FOLDER [gated]
R=$1 m_pid=$2 m_folder=$3 m_gated=${4:-}
LIB=${0%/*}
D=${R%/*}
# shellcheck disable=SC2034 # for journal.sh
S=${D%/sessions/*}
cd / || exit 1
trap '' HUP INT QUIT TERM
LC_ALL=C
export LC_ALL
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"
# shellcheck source=src/main/resources/scripts/lib/json.sh
. "$LIB/json.sh"

m_say() {
  m_put "{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"claude\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"$1\",\"d\":$2}"
}

# m_read FILE: sets m_text, without starting a program.
m_read() {
  m_text=
  while IFS= read -r m_line || [ -n "$m_line" ]; do m_text=$m_text$m_line; done 2>/dev/null <"$1"
}

# A wrapper may have started the agent as another process: below ours, and with a file since then.
m_below() {
  find "$m_folder" -name '*.json' -newer "$R/settings.json" 2>/dev/null | while IFS= read -r m_f; do
    m_p=${m_f##*/} m_p=${m_p%.json}
    while [ "${m_p:-1}" -gt 1 ] 2>/dev/null; do
      m_p=$(ps -o ppid= -p "$m_p" 2>/dev/null | tr -d ' ')
      [ "$m_p" != "$m_pid" ] || { printf '%s\n' "$m_f"; break; }
    done
  done | head -n 1
}

# A file that is there before the agent is of a dead one that had its number.
m_at=$m_folder/$m_pid.json
m_read "$m_at"
m_before=$m_text m_last=$m_text m_told='' m_reading='' m_status=none m_ticks=0
while [ ! -e "$R/exit" ] && kill -0 "$m_pid" 2>/dev/null; do
  m_read "$m_at"
  if [ "$m_text" != "$m_last" ] && [ -n "$m_text" ]; then
    m_last=$m_text
    m_facts=$(printf '%s\n' "$m_text" | m_json_leaves |
      grep -e '^status	"' -e '^waitingFor	"' -e '^sessionId	"' -e '^statusUpdatedAt	' |
      sed 's/^\([A-Za-z]*\)	\(.*\)$/"\1":\2/' | sort | tr '\n' ',')
    case $m_facts in
    *'"status":"'*)
      m_status=${m_facts#*'"status":"'}
      m_status=${m_status%%\"*}
      if [ "$m_facts" != "$m_told" ]; then
        m_told=$m_facts
        m_say registry "{${m_facts%,}}"
      fi
      ;;
    esac
  fi
  m_read "$R/reading"
  if [ "$m_text" != "$m_reading" ] && [ -n "$m_text" ]; then
    m_reading=$m_text
    m_say status "$m_text"
  fi
  m_ticks=$((m_ticks + 1))
  if [ "$m_status" = none ] && [ "$m_last" = "$m_before" ]; then
    case $m_ticks in
    10 | 20 | 60 | 120 | 240)
      m_found=$(m_below)
      [ -z "$m_found" ] || m_at=$m_found
      ;;
    33) [ -n "$m_gated" ] || [ -e "$R/heard" ] || m_say gate '{"gates":"unknown"}' ;;
    esac
  fi
  case $m_status in
  idle) m_pause=1 ;;
  *) m_pause=0.3 ;;
  esac
  sleep "$m_pause" 2>/dev/null || sleep 1
done
m_read "$R/reading"
[ -z "$m_text" ] || [ "$m_text" = "$m_reading" ] || m_say status "$m_text"
