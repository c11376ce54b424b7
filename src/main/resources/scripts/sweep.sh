# shellcheck shell=sh disable=SC2154,SC2034
# What is there of sessions: for each folder what was asked, what became of its last run, and
# whether its pane lives. Reads only.
cd "$S" 2>/dev/null || { echo "fault state"; exit 10; }

# The order matters, since sessions begin and end meanwhile. Which runs were claimed comes first,
# then the panes, then how runs ended: a claimed run without a living pane has ended by then, and
# what it left behind is there.
m_claimed=
for m_d in sessions/*/; do
  m_d=${m_d%/}
  [ -e "$m_d/session.json" ] || continue
  m_id=${m_d#sessions/}
  case $m_id in *[!0-9A-Z]*) continue ;; esac
  m_run=0
  while [ -d "$m_d/run.$((m_run + 1))" ]; do m_run=$((m_run + 1)); done
  m_claimed="$m_claimed $m_id:$m_run"
done

m_panes=
m_server=down
if [ -S tmux.sock ]; then
  if m_panes=$(tmux -u -S tmux.sock list-panes -a \
    -F '#{session_name} #{pane_dead} #{pane_pid} #{@muster_lost}' 2>&1); then
    m_server=up
  else
    case $m_panes in
    *'no server running'* | *'error connecting'*"refused"* | *"No such file"*) m_panes= ;;
    *) m_server=unknown m_panes= ;;
    esac
  fi
fi
echo "server $m_server"
[ -z "$m_panes" ] || printf '%s\n' "$m_panes" | sed 's/^/pane /'

for m_c in $m_claimed; do
  m_id=${m_c%:*} m_run=${m_c#*:}
  m_d=sessions/$m_id
  m_rc=- m_pid=-
  if [ "$m_run" -gt 0 ]; then
    [ ! -e "$m_d/run.$m_run/started" ] || IFS= read -r m_pid <"$m_d/run.$m_run/started"
    [ ! -e "$m_d/run.$m_run/exit" ] || IFS= read -r m_rc <"$m_d/run.$m_run/exit"
  fi
  IFS= read -r m_json 2>/dev/null <"$m_d/session.json" || continue
  printf 'session %s %s %s %s\n' "$m_id" "$m_run" "${m_pid:--}" "${m_rc:--}"
  printf 'json %s\n' "$m_json"
done
for m_g in gone/*; do
  [ ! -e "$m_g" ] || echo "gone ${m_g#gone/}"
done
# How long the journal is now: what is said above comes after what stands there.
IFS= read -r m_gen 2>/dev/null <gen || m_gen=
if [ -n "$m_gen" ] && [ -e "journal.$m_gen" ]; then
  # shellcheck disable=SC2012,SC2046
  set -- $(ls -ln "journal.$m_gen")
  echo "journal $m_gen $5"
fi
echo "done"
