# shellcheck shell=sh disable=SC2154,SC2034
# Ends a session's agent: asks first (TERM), then insists (KILL). Its files and worktree stay.
#
# stop.sh ID BY-HEX GRACE-SECONDS
ID=$1
cd "$S" 2>/dev/null || { echo "fault state"; exit 10; }
[ -e "sessions/$ID/session.json" ] || { echo "none"; exit 0; }
D=sessions/$ID
m_run=0
while [ -d "$D/run.$((m_run + 1))" ]; do m_run=$((m_run + 1)); done
IFS= read -r m_lib <"$D/lib"
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "lib/$m_lib/journal.sh"
m_alive() {
  [ "$(tmux -u -S tmux.sock display-message -p -t "=$ID:" '#{pane_dead}' 2>/dev/null)" = 0 ]
}
if ! m_alive; then
  echo "ended before"
  exit 0
fi
m_put "{\"s\":\"$ID\",\"k\":\"stop\",\"run\":$m_run,\"t\":$(m_now),\"x\":\"$2\"}"
# The agent's process group where it has one of its own, so that its children hear it too.
IFS= read -r m_pid 2>/dev/null <"$D/run.$m_run/started" || m_pid=
case $m_pid in '' | *[!0-9]*) m_pid= ;; esac
if [ -n "$m_pid" ]; then
  m_group=$(ps -o pgid= -p "$m_pid" 2>/dev/null | tr -d ' ')
  if [ "$m_group" = "$m_pid" ]; then kill -TERM "-$m_pid" 2>/dev/null; else kill -TERM "$m_pid" 2>/dev/null; fi
  m_i=0
  while [ "$m_i" -lt "$(($3 * 10))" ] && m_alive; do
    m_i=$((m_i + 1))
    sleep 0.1 2>/dev/null || { sleep 1; m_i=$((m_i + 9)); }
  done
fi
if m_alive; then
  [ -z "$m_pid" ] || kill -KILL "-$m_pid" 2>/dev/null || kill -KILL "$m_pid" 2>/dev/null
  m_i=0
  while [ "$m_i" -lt 10 ] && m_alive; do
    m_i=$((m_i + 1))
    sleep 0.1 2>/dev/null || sleep 1
  done
  # What is still there is no agent (a setup command, a shell that waits): the pane goes.
  ! m_alive || tmux -u -S tmux.sock kill-session -t "=$ID"
  echo "killed"
else
  echo "stopped"
fi
