#!/bin/sh
# Beside a running agent that says in the title of its terminal how it stands: writes down each change.
# Its hooks are silent where a dialog is dismissed, a request to the model fails or a limit is hit; the
# title is not. Ends with the agent. Of OpenCode it is only known by its title that its screen is there.
#
# title.sh AGENT RUN-FOLDER PID [heard]; with `heard` a title counts only once a hook was heard
m_agent=$1 R=$2 m_pid=$3 m_need=${4:-}
LIB=${0%/*}
D=${R%/*}
S=${D%/sessions/*}
cd "$S" || exit 1
trap '' HUP INT QUIT TERM
LC_ALL=C
export LC_ALL
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"

m_say() {
  m_put "{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"$m_agent\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"$1\",\"d\":$2}"
}

m_title() {
  tmux -u -S tmux.sock display-message -p -t "$TMUX_PANE" '#{pane_title}' 2>/dev/null
}

# m_stands AGENT TITLE: sets m_stance; empty for a title that says nothing.
m_spin=$(printf '\342[\240\241\242\243]')
m_ready=$(printf '\342\227\207') m_hand=$(printf '\342\234\213') m_star=$(printf '\342\234\246')
m_clock=$(printf '\342\217\262')
m_stands() {
  m_stance=
  case $1 in
  codex)
    case $2 in
    *'Action Required'*) m_stance=waiting ;;
    # A sign of the braille block turns while it works.
    $m_spin*) m_stance=busy ;;
    ?*) m_stance=idle ;;
    esac
    ;;
  gemini)
    case $2 in
    "$m_ready"*) m_stance=idle ;;
    "$m_hand"*) m_stance=waiting ;;
    "$m_star"* | "$m_clock"*) m_stance=busy ;;
    esac
    ;;
  esac
}

# What an agent writes down of its conversation tells what it used. Read when the file has changed: a
# short turn never shows in the title.
m_used() {
  return 0
}
m_helpers() {
  return 0
}
m_sizes() {
  wc -c <"$m_file"
}
if [ -e "$LIB/used-$m_agent.sh" ]; then
  m_since=$(date -u +%Y-%m-%dT%H:%M:%S.%3N) m_file='' m_read=''
  # Not every date knows milliseconds.
  case ${m_since#*.} in
  *[!0-9]*) m_since=${m_since%%.*} ;;
  esac
  # shellcheck source=src/main/resources/scripts/lib/used-codex.sh
  . "$LIB/used-$m_agent.sh"
fi
m_transcript() {
  [ -s "$R/transcript" ] || return 0
  IFS= read -r m_is <"$R/transcript"
  # The hook is just writing it anew.
  [ -n "$m_is" ] || return 0
  if [ "$m_is" != "$m_file" ]; then
    m_file=$m_is m_read=''
    m_other
  fi
  m_helpers "$@"
  m_size=$(m_sizes 2>/dev/null) || return 0
  [ "$m_size" != "$m_read" ] || return 0
  m_read=$m_size
  m_used
}

m_before=$(m_title) m_last='' m_ticks=0 m_heard=''
while [ ! -e "$R/exit" ] && kill -0 "$m_pid" 2>/dev/null; do
  m_now_is=$(m_title)
  # The title from before the agent is none of it.
  if [ -n "$m_now_is" ] && [ "$m_now_is" != "$m_before" ]; then
    m_before=
    if [ "$m_agent" = opencode ]; then
      # Its plugin tells all the rest.
      true >"$R/shown"
      exit 0
    fi
    if [ -z "$m_need" ] || [ -e "$R/heard" ]; then
      m_stands "$m_agent" "$m_now_is"
      if [ -n "$m_stance" ] && [ "$m_stance" != "$m_last" ]; then
        m_last=$m_stance
        # Why a turn failed is told when it is over.
        m_read=
        m_heard=yes
        if [ -e "$R/began" ]; then
          MUSTER_RUN_DIR=$R MUSTER_LIB=$LIB MUSTER_AGENT=$m_agent /bin/sh "$LIB/hook.sh" <"$R/began"
          rm -f "$R/began"
        fi
        m_say title "{\"stance\":\"$m_stance\"}"
      fi
    fi
  fi
  m_ticks=$((m_ticks + 1))
  # While it works, every few seconds.
  if [ "$m_last" = idle ] || [ $((m_ticks % 8)) = 0 ]; then
    m_transcript
  fi
  if [ "$m_ticks" = 75 ] && [ -z "$m_heard" ] && [ ! -e "$R/heard" ] && [ ! -e "$R/gated" ]; then
    m_say gate '{"gate":"unknown"}'
  fi
  case $m_last in
  idle) m_pause=0.7 ;;
  *) m_pause=0.4 ;;
  esac
  sleep "$m_pause" 2>/dev/null || sleep 1
done
# What it used in the end, however it ended.
m_transcript end
