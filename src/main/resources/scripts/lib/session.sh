#!/bin/sh
# The process of a session's pane: prepares the worktree, starts the user's own shell around the
# agent, and writes down how it ended. Runs once for each run number, whoever asks and however often.
#
# session.sh STATE-FOLDER ID RUN
S=$1 ID=$2 RUN=$3
D=$S/sessions/$ID
R=$D/run.$RUN
LIB=${0%/*}
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"

# The claim: of all that were ever asked to do this run, one does it.
mkdir "$R" 2>/dev/null || {
  # Removed before it began: no pane of it stays.
  [ ! -e "$S/gone/$ID" ] || (cd "$S" && tmux -S tmux.sock kill-session -t "=$ID")
  exit 0
}
# Ctrl-C is the agent's: caught here (never ignored, which the agent would inherit).
trap : INT QUIT

# m_step NAME PHASE [FILE]: PHASE is begin, ok or failed; FILE holds the step's output.
m_step() {
  m_out=
  [ -z "${3:-}" ] || m_out=$(tail -c 16384 "$3" 2>/dev/null | m_hex_in)
  m_put "{\"s\":\"$ID\",\"k\":\"step\",\"run\":$RUN,\"step\":\"$1\",\"phase\":\"$2\",\"t\":$(m_now),\"x\":\"$m_out\"}"
}

# m_end CODE: the run is over; the file is there before the record, for whoever asks without it.
m_end() {
  # Who reads that it is over may remove the worktree at once, and must find nobody in there.
  cd /
  printf '%s\n' "$1" >"$R/exit.new" && mv "$R/exit.new" "$R/exit"
  m_put "{\"s\":\"$ID\",\"k\":\"exit\",\"run\":$RUN,\"rc\":$1,\"t\":$(m_now)}"
  exit "$1"
}

m_fail() {
  m_step "$1" failed "$2"
  cat "$2" >&2
  printf 'muster: the step "%s" failed\n' "$1" >&2
  m_end 1
}

# shellcheck disable=SC1091
. "$D/plan" || m_end 1
# plan sets: REPO WORKTREE BRANCH BASE MODE (worktree or checkout), and setup, include in files

if [ "$MODE" = worktree ]; then
  # shellcheck source=src/main/resources/scripts/git-common.sh
  . "$LIB/git-common.sh"
  # shellcheck source=src/main/resources/scripts/git-worktree.sh
  . "$LIB/git-worktree.sh"
  M_ID=$ID M_DIR=$D/git
  mkdir -p "$M_DIR"
  m_take=
  [ "$BRANCH_MODE" = new ] || m_take=take
  m_step worktree begin
  m_worktree_add "$REPO" "$WORKTREE" "$BRANCH" "$BASE" "$m_take" >"$R/worktree.log" 2>&1 ||
    m_fail worktree "$R/worktree.log"
  m_step worktree ok "$R/worktree.log"
  if [ ! -e "$D/included" ] && { [ -e "$D/include" ] || [ -e "$m_top/.worktreeinclude" ]; }; then
    m_step include begin
    m_copy_included "$m_top" "$WORKTREE" "$(cat "$D/include" 2>/dev/null)" \
      >"$R/include.log" 2>&1 || m_fail include "$R/include.log"
    m_step include ok "$R/include.log"
  fi
  true >"$D/included"
else
  cd "$REPO" 2>"$R/checkout.log" || m_fail checkout "$R/checkout.log"
  WORKTREE=$REPO
fi
cd "$WORKTREE" || m_end 1

# m_plain PATH: the path as printable ASCII for `printf %b`: fish changes other bytes in the
# environment that it passes on, where the locale is C.
m_plain() {
  case $1 in
  *[!A-Za-z0-9/._-]*)
    # By words: how many spaces od puts around its numbers differs from system to system.
    printf %s "$1" | od -An -v -to1 | awk '{ for (i = 1; i <= NF; i++) printf "%s%s", "\\0", $i }'
    ;;
  *) printf %s "$1" ;;
  esac
}
MUSTER_AT=$(m_plain "$LIB/run.sh")
MUSTER_RUN=$(m_plain "$R")
export MUSTER_AT MUSTER_RUN
m_inside="exec /bin/sh -c 'exec /bin/sh \"\$(printf %b \"\$MUSTER_AT\")\"'"

# The user's own PATH and tools come from the login shell's files. Its command line is constant, in
# words that sh, bash, zsh, fish and tcsh read alike.
case ${SHELL:-} in
*/csh | *tcsh) m_flags=-ic ;;
'') SHELL=/bin/sh m_flags=-ilc ;;
*) m_flags=-ilc ;;
esac

if [ -e "$D/setup" ] && [ ! -e "$D/setup.done" ]; then
  m_step setup begin
  { MUSTER_STEP=setup "$SHELL" "$m_flags" "$m_inside" 2>&1
    printf '%s\n' "$?" >"$R/setup.rc"; } | tee "$R/setup.log"
  IFS= read -r m_rc <"$R/setup.rc" || m_rc=1
  [ "$m_rc" = 0 ] || m_fail setup "$R/setup.log"
  true >"$D/setup.done"
  m_step setup ok "$R/setup.log"
fi

MUSTER_STEP=agent "$SHELL" "$m_flags" "$m_inside"
m_rc=$?
if [ ! -e "$R/started" ]; then
  { printf 'The login shell %s ended with status %s before it started the agent.\n' "$SHELL" "$m_rc"
    cat "$R/agent.log" 2>/dev/null; } >"$R/shell.log"
  m_fail agent "$R/shell.log"
fi
m_end "$m_rc"
