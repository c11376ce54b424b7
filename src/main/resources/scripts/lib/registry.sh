#!/bin/sh
# Beside a running Claude Code: writes down how it stands, by the file that it keeps of itself, and
# what its status line read. Ends with the agent.
#
# registry.sh RUN-FOLDER PID SESSIONS-FOLDER [GATED [CONVERSATION]]; CONVERSATION is one that is resumed
R=$1 m_pid=$2 m_folder=$3 m_gated=${4:-} m_conversation=${5:-}
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
# shellcheck source=src/main/resources/scripts/lib/tokens.sh
. "$LIB/tokens.sh"
# shellcheck disable=SC2034 # for tokens.sh
m_projects=${m_folder%/*}/projects

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

# m_facts_of: what there is to say of m_text, and how it stands since when.
m_facts_of() {
  m_facts=$(printf '%s\n' "$m_text" | m_json_leaves |
    grep -e '^status	"' -e '^waitingFor	"' -e '^sessionId	"' -e '^statusUpdatedAt	' |
    sed 's/^\([A-Za-z]*\)	\(.*\)$/"\1":\2/' | sort | tr '\n' ',')
  m_facts=${m_facts%,}
  case $m_facts in *'"status":"'*) ;; *) return 1 ;; esac
  m_status=${m_facts#*'"status":"'}
  m_status=${m_status%%\"*}
  m_since=${m_facts#*'"statusUpdatedAt":'}
  m_since=${m_since%%,*}
}

# m_converses: notes the conversation that m_facts names: /clear begins another.
m_converses() {
  case $m_facts in *'"sessionId":"'*) ;; *) return 0 ;; esac
  m_id=${m_facts#*'"sessionId":"'}
  m_id=${m_id%%\"*}
  case $m_id in '' | *[!A-Za-z0-9-]*) return 0 ;; esac
  case " $m_conversation " in *" $m_id "*) ;; *) m_conversation="$m_conversation $m_id" ;; esac
}

# m_uses: writes down what was used, when that has changed.
m_uses() {
  for m_id in $m_conversation; do m_tokens_read "$m_id" 2>/dev/null; done
  m_sum=$(m_tokens_sum)
  if [ -n "$m_sum" ] && [ "$m_sum" != "$m_used" ]; then
    m_used=$m_sum
    m_say tokens "$m_sum"
  fi
}

# m_behind: it says idle (or `shell`: only its background tasks go on) of a time before the newest
# prompt, or busy of one before the turn's end: the hooks have told what comes next. Both are
# milliseconds; their lower nine digits fit into every shell's numbers.
m_behind() {
  case $m_status in
  idle | shell) IFS= read -r m_mark 2>/dev/null <"$R/prompted" || return 1 ;;
  busy) IFS= read -r m_mark 2>/dev/null <"$R/stopped" || return 1 ;;
  *) return 1 ;;
  esac
  [ "${#m_mark}" = 13 ] && [ "${#m_since}" = 13 ] && [ "$m_mark" != "$m_let" ] || return 1
  [ "${m_mark#????}" -gt "${m_since#????}" ] 2>/dev/null
}

# A file that is there before the agent is of a dead one that had its number.
m_at=$m_folder/$m_pid.json
m_read "$m_at"
m_before=$m_text m_last=$m_text m_facts='' m_told='' m_reading='' m_status=none m_since=''
m_let='' m_ticks=0 m_held=0 m_still=0
m_used='{"input":0,"output":0}' m_due=0
m_tokens_begin
if [ -n "$m_conversation" ]; then
  m_tokens_read "$m_conversation" 2>/dev/null
  m_text=$(m_tokens_before "$m_conversation")
  # Of its counters only the cost is read on: the tokens are added up here, from nothing.
  [ -z "$m_text" ] || m_say before "${m_text%%,*}}"
fi
while [ ! -e "$R/exit" ] && kill -0 "$m_pid" 2>/dev/null; do
  m_read "$m_at"
  m_still=$((m_still + 1))
  if [ "$m_text" != "$m_last" ] && [ -n "$m_text" ]; then
    m_last=$m_text
    m_facts_of && m_still=0 m_due=3 && m_converses
  fi
  if m_behind; then
    # A hook of the user may have refused the prompt, or the end: then it stands as it says.
    m_held=$((m_held + 1)) m_still=0
    [ "$m_held" -lt 8 ] || m_let=$m_mark m_told=''
  elif [ "$m_status" = busy ] && [ "$m_still" -eq 0 ] && [ "${m_told#*\"status\":\"waiting}" != "$m_told" ]; then
    # Between two dialogs it is busy for a moment: believed once it is there for a second look.
    m_held=0
  else
    m_held=0
    if [ "$m_status" != none ] && [ "$m_facts" != "$m_told" ]; then
      m_told=$m_facts
      m_say registry "{$m_facts}"
    fi
  fi
  m_read "$R/reading"
  if [ "$m_text" != "$m_reading" ] && [ -n "$m_text" ]; then
    m_reading=$m_text m_due=3
    m_say status "$m_text"
  fi
  m_ticks=$((m_ticks + 1))
  # What it has said is in its transcript a moment later.
  [ "$m_status" != busy ] || [ "$((m_ticks % 10))" -ne 0 ] || m_due=1
  if [ "$m_due" -gt 0 ]; then
    m_due=$((m_due - 1))
    m_uses
  fi
  if [ "$m_status" = none ] && [ "$m_last" = "$m_before" ]; then
    case $m_ticks in
    10 | 20 | 60 | 120 | 240)
      m_found=$(m_below)
      [ -z "$m_found" ] || m_at=$m_found
      ;;
    33) [ -n "$m_gated" ] || [ -e "$R/heard" ] || m_say gate '{"gates":"unknown"}' ;;
    esac
  fi
  m_pause=0.3
  case $m_status in idle | shell) [ "$m_still" -lt 3 ] || m_pause=1 ;; esac
  sleep "$m_pause" 2>/dev/null || sleep 1
done
m_read "$R/reading"
[ -z "$m_text" ] || [ "$m_text" = "$m_reading" ] || m_say status "$m_text"
m_uses
