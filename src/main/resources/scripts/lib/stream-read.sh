#!/bin/sh
# stream-read.sh RUN-FOLDER once|keep: reads what an agent says by Claude Code's stream-json protocol,
# line by line. What its state and the timeline need goes into the journal: of a long line only that.
# Keys of JSON are found by their text: within a string a quote is escaped, so that no text looks like
# a key; an object within another one may. What is decided by a text that could be an inner object's
# is no more than what the pane shows.
m_r=$1 m_mode=$2
m_d=${m_r%/*}
# shellcheck disable=SC2034 # for journal.sh
S=${m_d%/sessions/*}
m_lib=${0%/*}
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$m_lib/journal.sh"
LC_ALL=C
export LC_ALL
umask 077
# The session's events go on where it could be interrupted: see stream.sh.
trap '' INT
m_most=32768
m_turned='' m_broken='' m_knows='' m_asked='' m_closing=''
m_head="{\"s\":\"${m_d##*/}\",\"k\":\"agent\",\"a\":\"claude\",\"run\":${m_r##*/run.}"

m_say() {
  m_put "$m_head,\"t\":$(m_now),\"src\":\"stream\",\"d\":$1}"
}

# Readable, without what a terminal would act on.
m_show() {
  printf '%s\n' "$1" | awk -f "$m_lib/stream.awk"
}

m_in() {
  { printf '%s\n' "$2" >"$m_d/.in.$1" && mv "$m_d/.in.$1" "$m_d/in/$1"; } 2>/dev/null
  m_wake
}

# Open for both ends, so that it never waits for a reader.
m_wake() {
  { echo 1<>"$m_r/wake"; } 2>/dev/null
}

# m_text KEY: the first string of that key in the line; nothing where it has none, or an odd one.
m_text() {
  m_x=
  case $m_line in
  *"\"$1\":\""*)
    m_x=${m_line#*"\"$1\":\""}
    m_x=${m_x%%\"*}
    case $m_x in *\\*) m_x= ;; esac
    ;;
  esac
}

m_number() {
  m_x=null
  case $m_line in
  *"\"$1\":"[0-9]*)
    m_x=${m_line#*"\"$1\":"}
    m_x=${m_x%%[!0-9.]*}
    ;;
  esac
}

# Whether a prompt is left that was not done.
m_left() {
  for m_f in "$m_d"/out/* "$m_d"/in/*; do
    case $m_f in
    */c-*) ;;
    *) [ ! -e "$m_f" ] || return 0 ;;
    esac
  done
  return 1
}

# A turn has ended and nothing follows: what it used is asked for, and then, where nobody wants to go
# on, its input is closed. One that was interrupted, or that met a limit, is gone on with.
m_rest() {
  [ -n "$m_turned" ] || return 0
  ! m_left || return 0
  [ -z "$m_asked" ] || return 0
  m_asked=1
  m_in c-usage '{"type":"control_request","request_id":"c-usage","request":{"subtype":"get_usage"}}'
  m_in c-context '{"type":"control_request","request_id":"c-context","request":{"subtype":"get_context_usage"}}'
}

m_end_if_done() {
  if [ "$m_mode" = once ] && [ -z "$m_broken" ] && ! m_left; then
    m_closing=1
    true >"$m_r/end"
    m_wake
  fi
}

m_control_answer() {
  m_text request_id
  case $m_x in
  c-hello)
    m_from=startup
    [ "${m_r##*/run.}" = 1 ] || m_from=resume
    m_say "{\"type\":\"muster\",\"what\":\"ready\",\"source\":\"$m_from\"}"
    ;;
  c-usage) [ "${#m_line}" -gt "$m_most" ] || m_say "$m_line" ;;
  c-context)
    m_number totalTokens
    m_total=$m_x
    m_number maxTokens
    m_say "{\"type\":\"muster\",\"what\":\"context\",\"totalTokens\":$m_total,\"maxTokens\":$m_x}"
    m_end_if_done
    ;;
  c-key | c-i-*)
    m_broken=1
    printf '%s\n' '-- interrupted'
    m_say "{\"type\":\"muster\",\"what\":\"interrupted\",\"id\":\"$m_x\"}"
    ;;
  esac
}

# It asks: ask.sh writes that down and waits for the answer, in the words of a hook, which are not
# those of this protocol.
m_ask() {
  m_text request_id
  m_q=$m_x
  case $m_q in '' | *[!A-Za-z0-9_-]*) return 0 ;; esac
  case $m_line in
  '{"type":"control_request","request_id":"'"$m_q"'","request":{"subtype":"can_use_tool",'*'}}') ;;
  *)
    m_in "c-no-$m_q" "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\"$m_q\",\"error\":\"nobody here can answer this\"}}"
    return 0
    ;;
  esac
  m_body=${m_line#'{"type":"control_request","request_id":"'"$m_q"'","request":'}
  m_body=${m_body%\}}
  m_before=${m_body%%',"input":{'*}
  if [ "$m_before" != "$m_body" ]; then
    m_body=$m_before',"tool_input":{'${m_body#"$m_before"',"input":{'}
  fi
  printf '%s\n' "$m_body" >"$m_r/ask.$m_q" || return 0
  (
    "$m_lib/ask.sh" claude <"$m_r/ask.$m_q" >"$m_r/told.$m_q" &
    printf '%s\n' $! >"$m_r/asking.$m_q"
    wait $!
    m_told=$(cat "$m_r/told.$m_q")
    rm -f "$m_r/ask.$m_q" "$m_r/told.$m_q" "$m_r/asking.$m_q"
    case $m_told in
    '{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{'*'}}}')
      m_told=${m_told#'{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":'}
      m_in "c-a-$m_q" "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"$m_q\",\"response\":${m_told%\}\}}}}"
      ;;
    esac
  ) </dev/null &
}

# The agent does not want an answer any more.
m_cancel() {
  m_text request_id
  case $m_x in '' | *[!A-Za-z0-9_-]*) return 0 ;; esac
  if [ -e "$m_r/asking.$m_x" ]; then
    IFS= read -r m_pid <"$m_r/asking.$m_x" && kill -TERM "$m_pid" 2>/dev/null
  fi
}

# m_done NAME: a prompt's turn has ended.
m_done() {
  case $1 in '' | *[!A-Za-z0-9-]*) return 0 ;; esac
  true >"$m_d/done/$1"
  rm -f "$m_d/out/$1"
}

m_lifecycle() {
  m_text command_uuid
  m_u=$m_x
  case $m_u in '' | *[!A-Za-z0-9-]*) return 0 ;; esac
  case $m_line in
  *'"state":"queued"'*)
    [ -e "$m_d/out/$m_u" ] || return 0
    IFS= read -r m_prompt <"$m_d/out/$m_u"
    m_show "$m_prompt"
    [ "${#m_prompt}" -le "$m_most" ] || m_prompt='{"type":"user","cut":true}'
    m_say "$m_prompt"
    ;;
  *'"state":"completed"'* | *'"state":"cancelled"'*)
    m_done "$m_u"
    m_rest
    ;;
  esac
}

m_began() {
  m_broken='' m_asked=''
  case $m_line in *'"msg_lifecycle_v1"'*) m_knows=1 ;; esac
  m_text session_id
  m_id=$m_x
  m_text model
  m_say "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"$m_id\",\"model\":\"$m_x\"}"
}

m_result() {
  m_turned=1
  m_show "$m_line"
  case $m_line in
  *'"terminal_reason":"aborted'* | *'"api_error_status":429'*) m_broken=1 ;;
  esac
  if [ "${#m_line}" -le "$m_most" ]; then
    m_say "$m_line"
  else
    m_number total_cost_usd
    m_wrong=false
    case $m_line in *'"is_error":true,'*) m_wrong=true ;; esac
    m_say "{\"type\":\"result\",\"cut\":true,\"is_error\":$m_wrong,\"total_cost_usd\":$m_x}"
  fi
  if [ -z "$m_knows" ]; then
    # An older version does not say which prompt a turn was for.
    for m_f in "$m_d"/out/*; do m_done "${m_f##*/}"; done
  fi
  m_rest
}

m_assistant() {
  m_show "$m_line"
  if [ "${#m_line}" -le "$m_most" ]; then
    m_say "$m_line"
    return 0
  fi
  case $m_line in
  *'{"type":"tool_use","id":"'*)
    m_line='"id":"'${m_line#*'{"type":"tool_use","id":"'}
    m_text id
    m_id=$m_x
    m_text name
    m_say "{\"type\":\"assistant\",\"cut\":true,\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"$m_id\",\"name\":\"$m_x\"}]}}"
    ;;
  esac
}

m_user() {
  case $m_line in *'"type":"tool_result"'*) ;; *) return 0 ;; esac
  if [ "${#m_line}" -le 2048 ]; then
    m_say "$m_line"
    return 0
  fi
  m_id=$(printf '%s\n' "$m_line" | sed -n 's/.*"tool_use_id":"\([A-Za-z0-9_-]*\)".*/\1/p')
  m_say "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"$m_id\"}]}}"
}

while IFS= read -r m_line; do
  case $m_line in
  '{"type":"control_response",'*) m_control_answer ;;
  '{"type":"control_request",'*) m_ask ;;
  '{"type":"control_cancel_request",'*) m_cancel ;;
  '{"type":"command_lifecycle",'*) m_lifecycle ;;
  '{"type":"system","subtype":"init",'*) m_began ;;
  '{"type":"system","subtype":"api_retry",'* | '{"type":"system","subtype":"status",'* | \
    '{"type":"rate_limit_event",'*)
    [ "${#m_line}" -gt "$m_most" ] || m_say "$m_line"
    ;;
  '{"type":"assistant",'*) m_assistant ;;
  '{"type":"user",'*) m_user ;;
  '{'*'"type":"result",'*'}' | '{"type":"result",'*) m_result ;;
  '{'*) ;;
  *) m_show "$m_line" ;;
  esac
done <"$m_r/out"
[ -z "$m_closing" ] || printf '%s\n' '-- done'
exit 0
