#!/bin/sh
# stream.sh RUN-FOLDER PROGRAM ARG…: a session without a screen. Stands between Claude Code's stream-json
# protocol and the session's files, so that nothing depends on the service: what the agent says goes into
# the journal (and, readable, onto the pane), what it is told comes from the folder `in`.
#
# in/NAME    to be told: a line of JSON; a prompt's name is its uuid, of all else begins with `c-`
# out/NAME   told; a prompt stays here until its turn has ended, and is told again by the next run
#            if it did not: the agent knows prompts by their uuid and takes each once
# done/NAME  a prompt whose turn has ended
# run.N/wake a FIFO: whoever put something into `in` writes a line to it (see put.sh)
# run.N/end  nothing is to follow; run.N/closed: nothing can follow any more
#
# The file `headless` says what to do when nothing is left to do: `once` ends, `keep` waits; its second
# line names the first prompt, whose message is in the file `first`.
m_r=$1
shift
m_d=${m_r%/*}
m_lib=${0%/*}
{ IFS= read -r m_mode && IFS= read -r m_first; } <"$m_d/headless" || m_first=
mkdir -p "$m_d/in" "$m_d/out" "$m_d/done" && mkfifo -m 600 "$m_r/in" "$m_r/out" "$m_r/wake" || exit 1

# m_put_in NAME TEXT: the same as put.sh, from in here.
# shellcheck disable=SC2317 # called by a trap
m_put_in() {
  { printf '%s\n' "$2" >"$m_d/.in.$1" && mv "$m_d/.in.$1" "$m_d/in/$1"; } 2>/dev/null
  { echo 1<>"$m_r/wake"; } 2>/dev/null
}

# What a run before left behind: its questions mean nothing to this one, its prompts do.
rm -f "$m_d/in/c-"* "$m_d/out/c-"*
if [ -n "$m_first" ] && [ ! -e "$m_d/done/$m_first" ] && [ ! -e "$m_d/out/$m_first" ]; then
  cp "$m_d/first" "$m_d/.in.$m_first" && mv "$m_d/.in.$m_first" "$m_d/in/$m_first"
fi

# A conversation in which nothing was said yet was not kept: it begins with the id that it would have had.
m_config=${CLAUDE_CONFIG_DIR:-$HOME/.claude}
m_n=$# m_is='' m_kept=''
while [ "$m_n" -gt 0 ]; do
  m_n=$((m_n - 1))
  if [ "$m_is" = resume ]; then
    m_is=
    for m_f in "$m_config"/projects/*/"$1.jsonl"; do [ ! -e "$m_f" ] || m_is=kept; done
    if [ -n "$m_is" ]; then m_kept=$1 && set -- "$@" --resume; else set -- "$@" --session-id; fi
    set -- "$@" "$1"
    m_is=
  elif [ "$1" = --resume ] && [ "$m_n" -gt 0 ]; then
    m_is=resume
  else
    set -- "$@" "$1"
  fi
  shift
done

# Its counters go on where they stood in the conversation; that is not used by this run.
[ -z "$m_kept" ] || (
  LC_ALL=C
  export LC_ALL
  # shellcheck disable=SC2034 # for the scripts that follow
  R=$m_r S=${m_d%/sessions/*} m_projects=$m_config/projects
  # shellcheck source=src/main/resources/scripts/lib/journal.sh
  . "$m_lib/journal.sh"
  # shellcheck source=src/main/resources/scripts/lib/json.sh
  . "$m_lib/json.sh"
  # shellcheck source=src/main/resources/scripts/lib/tokens.sh
  . "$m_lib/tokens.sh"
  m_tokens_begin && m_tokens_read "$m_kept"
  m_before=$(m_tokens_before "$m_kept")
  [ -z "$m_before" ] ||
    m_put "{\"s\":\"${m_d##*/}\",\"k\":\"agent\",\"a\":\"claude\",\"run\":${m_r##*/run.},\"t\":$(m_now),\"src\":\"before\",\"d\":$m_before}"
) </dev/null >/dev/null 2>&1

# The only writer of the agent's standard input: what several write at once would tear.
m_feed() {
  trap '' INT
  exec 3>"$m_r/in" 4<>"$m_r/wake"
  printf '%s\n' '{"type":"control_request","request_id":"c-hello","request":{"subtype":"initialize"}}' >&3
  for m_f in "$m_d"/out/*; do
    [ ! -e "$m_f" ] || cat "$m_f" >&3
  done
  while :; do
    m_any=
    for m_f in "$m_d"/in/*; do
      m_n=${m_f##*/}
      # Whoever put it there may take it back: the one that moves it has it.
      mv "$m_f" "$m_d/out/$m_n" 2>/dev/null || continue
      cat "$m_d/out/$m_n" >&3 || exit
      case $m_n in
      c-*) rm -f "$m_d/out/$m_n" ;;
      *) m_any=1 ;;
      esac
    done
    [ -z "$m_any" ] || rm -f "$m_r/end"
    if [ -e "$m_r/end" ]; then
      mkdir "$m_r/closed"
      m_any=
      for m_f in "$m_d"/in/*; do [ ! -e "$m_f" ] || m_any=1; done
      [ -n "$m_any" ] || exit 0
      # Put there while the door was closing.
      rmdir "$m_r/closed"
      continue
    fi
    IFS= read -r _ <&4
  done
}

# The agent's standard input is closed when this process ends.
m_feed </dev/null >/dev/null 2>&1 &
m_feeder=$!
"$m_lib/stream-read.sh" "$m_r" "$m_mode" </dev/null &
m_reader=$!
"$@" <"$m_r/in" >"$m_r/out" &
m_agent=$!
printf '%s\n' "$m_agent" >"$m_r/agent"

# Ctrl-C here interrupts what it does, as in its own screen.
trap 'm_put_in c-key "{\"type\":\"control_request\",\"request_id\":\"c-key\",\"request\":{\"subtype\":\"interrupt\"}}"' INT
trap 'kill -TERM "$m_agent" 2>/dev/null' TERM
wait "$m_agent"
m_rc=$?
while kill -0 "$m_agent" 2>/dev/null; do
  wait "$m_agent"
  m_rc=$?
done
# What it said last is still to be read; a child of its own may hold its output open.
(sleep 5; kill "$m_reader") >/dev/null 2>&1 &
m_timer=$!
wait "$m_reader"
kill "$m_timer" "$m_feeder" 2>/dev/null
mkdir "$m_r/closed" 2>/dev/null
rm -f "$m_r/in" "$m_r/out" "$m_r/wake"
exit "$m_rc"
