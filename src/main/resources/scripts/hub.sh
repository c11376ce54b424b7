# shellcheck shell=sh disable=SC2154,SC2034
# The standing control client of Muster's tmux server: births and deaths of panes, pushed.
#
# hub.sh LIB-VERSION SERVICE
cd "$S" || exit 10
# tmux 3.3a keeps a control client for ever whose reader died with output on the way, and with it
# the server. Its number is kept, so that whoever comes next can end it.
m_hub=watch/hub.$2
if IFS= read -r m_old 2>/dev/null <"$m_hub"; then
  case $m_old in
  '' | *[!0-9]*) ;;
  *)
    case $(ps -o args= -p "$m_old" 2>/dev/null) in
    tmux*"hub-$2"*) kill "$m_old" 2>/dev/null ;;
    esac
    ;;
  esac
fi
printf '%s\n' "$$" >"$m_hub" 2>/dev/null
umask "$m_umask"
exec tmux -u -S tmux.sock -f "lib/$1/tmux.conf" -C new-session -A -D -s "hub-$2" -x 80 -y 24 \
  /bin/sh -c 'exec cat'
