# shellcheck shell=sh disable=SC2154,SC2034
# The standing control client of Muster's tmux server: births and deaths of panes, pushed.
#
# hub.sh LIB-VERSION SERVICE
cd "$S" || exit 10
umask "$m_umask"
exec tmux -u -S tmux.sock -f "lib/$1/tmux.conf" -C new-session -A -D -s "hub-$2" -x 80 -y 24 \
  /bin/sh -c 'exec cat'
