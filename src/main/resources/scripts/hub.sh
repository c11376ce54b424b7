# shellcheck shell=sh disable=SC2154,SC2034
# The standing channel of Muster's tmux server: births and deaths of panes, pushed.
#
# hub.sh LIB-VERSION SERVICE
# Lines: `panes NAME=DEAD|LOST;…` when that has changed, `active NAME=WHEN;…` when a session has written
# to its screen in another hundred seconds than before, `alive` when it was looked at and neither had.
# Ends when the server ends, and when the watcher of its service has gone (watch.sh).
#
# It is no control client (`tmux -C`): before tmux 3.7 one that is just connecting takes the server
# down, and every session with it, when a session begins or ends at that moment. A plain client waits
# instead, and hooks wake it; what they miss, the server itself finds within a second (tmux.conf).
cd "$S" || exit 10
umask "$m_umask"
m_lib=$1 m_service=$2 m_hub=hub-$2
m_format='#{S:#{session_name}=#{W:#{P:#{pane_dead}|#{@muster_lost}}};}'
# Of the second of its last output all but the last two digits: a busy one would never be quiet.
m_when='#{S:#{session_name}=#{W:#{=8:window_activity}};}'
m_nl='
'
m_tmux() { tmux -u -S tmux.sock -f "lib/$m_lib/tmux.conf" "$@"; }

# Keeps the server there while nothing else runs in it.
m_join() {
  m_tmux "$@" new-session -d -s "$m_hub" -x 80 -y 24 /bin/sh -c 'exec cat' 2>/dev/null
  m_tmux -N has-session -t "=$m_hub"
}
# Asked for its session, display-message answers in any case.
m_look() {
  m_tmux -N has-session -t "=$m_hub" \; display-message -p -t "=$m_hub:" "$m_format" \; \
    display-message -p -t "=$m_hub:" "$m_when" 2>/dev/null
}
m_watched() {
  for m_f in "watch/$m_service."t*; do [ ! -e "$m_f" ] || return 0; done
  return 1
}
# The service has gone. Its watcher may have ended before the session was made, and took nothing away.
m_leave() {
  m_watched || m_tmux -N kill-session -t "=$m_hub" 2>/dev/null
  exit 0
}

m_join || exit 14
if [ -z "$(m_tmux -N show-options -gqv "@$m_hub")" ]; then
  for m_hook in pane-died session-created session-closed after-set-option; do
    m_tmux -N set-hook -ag "$m_hook" "wait-for -S $m_hub" || exit 14
  done
  m_tmux -N set-option -g "@$m_hub" 1
fi

# Only now: the server that m_join starts has its own way with signals.
trap '' PIPE
m_told='' m_active='' m_seen=''
while :; do
  # Another one took its session away (watch.sh), not knowing that this one had come.
  m_now=$(m_look) || { m_join -N 2>/dev/null && m_now=$(m_look); } || exit 0
  m_panes=${m_now%%"$m_nl"*}
  if [ "$m_now" = "$m_told$m_nl$m_active" ]; then echo alive || m_leave; fi
  [ "$m_panes" = "$m_told" ] || printf 'panes %s\n' "$m_panes" || m_leave
  [ "${m_now#*"$m_nl"}" = "$m_active" ] || printf 'active %s\n' "${m_now#*"$m_nl"}" || m_leave
  m_told=$m_panes m_active=${m_now#*"$m_nl"}
  m_tmux -N wait-for "$m_hub" 2>/dev/null || exit 0
  # A watcher that has been there and is not any more: the service has gone.
  if m_watched; then m_seen=yes; elif [ -n "$m_seen" ]; then m_leave; fi
done
