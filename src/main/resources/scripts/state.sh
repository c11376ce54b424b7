# shellcheck shell=sh disable=SC2154,SC2034
# Where Muster keeps things on this host. Put before every other script.
m_umask=$(umask)
umask 077
unset TMUX TMUX_PANE GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# m_state: sets S, the state folder. A home on a network disk is seen from several machines, hence
# the machine's id in the path.
m_state() {
  m_id=
  if [ -r /etc/machine-id ]; then
    IFS= read -r m_id </etc/machine-id
  elif [ -r /var/lib/dbus/machine-id ]; then
    IFS= read -r m_id </var/lib/dbus/machine-id
  fi
  [ -n "$m_id" ] || m_id=$(sysctl -n kern.uuid 2>/dev/null || uname -n)
  case $m_id in
  '' | *[!A-Za-z0-9._-]*) m_id=unknown ;;
  esac
  case ${XDG_STATE_HOME:-} in
  /*) S=$XDG_STATE_HOME/muster/$m_id ;;
  *) S=$HOME/.local/state/muster/$m_id ;;
  esac
}
m_state
