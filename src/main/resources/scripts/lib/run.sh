#!/bin/sh
# shellcheck disable=SC2030,SC2031 # the names in the subshells are meant to stay there
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
MUSTER_LIB=$LIB
MUSTER_RUN_DIR=$R
export MUSTER_SESSION MUSTER_EVENT MUSTER_PROMPT_FILE MUSTER_LIB MUSTER_RUN_DIR
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
  . "$D/command.${R##*/run.}" # AGENT=type TRUST=yes-or-no, set -- program arguments…
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
  # What an agent of this type needs besides; it may leave options behind, which come first.
  # One without a screen says by its protocol what others say by hooks.
  if [ -e "$LIB/agent-${AGENT:-}.sh" ] && [ ! -e "$D/headless" ]; then
    # shellcheck disable=SC1090,SC1091
    (
      m_r=$R m_d=$D m_s=$S m_lib=$LIB m_agent=$AGENT m_trusted=${TRUST:-no}
      . "$D/env"
      R=$m_r D=$m_d S=$m_s LIB=$m_lib TRUST=$m_trusted
      . "$LIB/agent-$m_agent.sh"
    ) </dev/null >/dev/null 2>&1
    m_program=$1
    shift
    # shellcheck disable=SC1091
    [ ! -e "$R/options" ] || . "$R/options"
    set -- "$m_program" "$@"
  fi
  m_put "{\"s\":\"${D##*/}\",\"k\":\"start\",\"run\":${R##*/run.},\"pid\":$$,\"t\":$(m_now)}"
  printf '%s\n' $$ >"$R/started"
  [ ! -e "$D/headless" ] || set -- /bin/sh "$LIB/stream.sh" "$R" "$@"
  set -- "$D/env" "$@"
fi
# The session's own environment comes last, so that no name in it meets a name of this script.
unset R D S LIB AGENT TRUST m_step m_setup m_prompt m_program m_gen MODE REPO WORKTREE BRANCH BRANCH_MODE BASE
# shellcheck disable=SC1090
. "$1"
shift
exec "$@"
