#!/bin/sh
# Inside the user's login shell: becomes the setup command or the agent. What it needs comes by
# environment and files, never by a command line.
LIB=${0%/*}
R=$(printf %b "$MUSTER_RUN")
D=${R%/*}
S=${D%/sessions/*}
m_step=$MUSTER_STEP
unset MUSTER_STEP MUSTER_RUN MUSTER_AT
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"
MUSTER_SESSION=${D##*/}
MUSTER_EVENT=$D/event
MUSTER_PROMPT_FILE=$D/prompt
export MUSTER_SESSION MUSTER_EVENT MUSTER_PROMPT_FILE
# An rc file may have gone elsewhere.
# shellcheck disable=SC1091
. "$D/plan"
[ "$MODE" = worktree ] || WORKTREE=$REPO
cd "$WORKTREE" || exit 1

if [ "$m_step" = setup ]; then
  m_setup=$(cat "$D/setup") || exit 1
  set -- "$D/env" "${SHELL:-/bin/sh}" -c "$m_setup"
else
  # The prompt, with its last newlines kept.
  m_prompt=$(cat "$D/prompt" && printf x) || exit 1
  m_prompt=${m_prompt%x}
  # shellcheck disable=SC1090
  . "$D/command.${R##*/run.}" # set -- program arguments…
  # shellcheck disable=SC1091
  (
    . "$D/env"
    case $1 in
    */*) [ -x "$1" ] && [ ! -d "$1" ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
  ) || {
    printf 'The agent "%s" was not found on the PATH of the login shell %s: %s\n' \
      "$1" "${SHELL:-/bin/sh}" "$PATH" >"$R/agent.log"
    exit 127
  }
  m_put "{\"s\":\"${D##*/}\",\"k\":\"start\",\"run\":${R##*/run.},\"pid\":$$,\"t\":$(m_now)}"
  printf '%s\n' $$ >"$R/started"
  set -- "$D/env" "$@"
fi
# The session's own environment comes last, so that no name in it meets a name of this script.
unset R D S LIB m_step m_setup m_prompt m_gen MODE REPO WORKTREE BRANCH BRANCH_MODE BASE
# shellcheck disable=SC1090
. "$1"
shift
exec "$@"
