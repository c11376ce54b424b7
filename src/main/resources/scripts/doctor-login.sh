# shellcheck shell=sh disable=SC2154,SC2034
# Starts the login shell as a session does, has it ask doctor-inside.sh's questions, and says how
# long it took to begin. A shell that never gets there is ended.
#
# doctor-login.sh INSIDE SECONDS; INSIDE is lib/json.sh and doctor-inside.sh as %b text
# input: what doctor-inside.sh reads as $MUSTER_AGENTS

# m_ticks: sets m_tick, a clock in hundredths of a second; whole seconds where /proc is not.
m_ticks() {
  if { IFS=' ' read -r m_tick m_rest </proc/uptime; } 2>/dev/null; then
    m_tick=${m_tick%.*}${m_tick#*.}
  else
    m_tick=$(date +%s)00
  fi
}

MUSTER_ASK=$1
MUSTER_AGENTS=$(cat)
export MUSTER_ASK MUSTER_AGENTS
m_seconds=$2
case ${SHELL:-} in
*/csh | *tcsh) m_flags=-ic ;;
'') SHELL=/bin/sh m_flags=-ilc ;;
*) m_flags=-ilc ;;
esac
# shellcheck disable=SC2016
m_inside='exec /bin/sh -c '\''eval "$(printf %b "$MUSTER_ASK")"'\'
umask "$m_umask"
m_ticks
printf '@asked %s\n' "$m_tick"
# An interactive shell grabs the terminal that it finds. There is one on a local host where no
# setsid is, that of the service (macOS).
m_apart=
if (: </dev/tty) 2>/dev/null; then
  ! command -v perl >/dev/null 2>&1 || m_apart='perl -MPOSIX -e setsid();exec(@ARGV)'
fi
# The line on its input shows whether an rc file reads it. Interactive shells ignore TERM.
if command -v timeout >/dev/null 2>&1; then
  printf 'muster\n' |
    $m_apart timeout -s KILL "$m_seconds" "$SHELL" "$m_flags" "$m_inside" 2>&1
  m_rc=$?
else
  printf 'muster\n' | $m_apart "$SHELL" "$m_flags" "$m_inside" 2>&1 &
  m_pid=$!
  (
    sleep "$m_seconds" &
    m_s=$!
    trap 'kill "$m_s" 2>/dev/null; exit' TERM
    wait "$m_s"
    kill -9 "$m_pid"
  ) >/dev/null 2>&1 </dev/null &
  m_dog=$!
  wait "$m_pid"
  m_rc=$?
  kill "$m_dog" 2>/dev/null
fi
m_ticks
printf '\n@left %s %s\n' "$m_tick" "$m_rc"
