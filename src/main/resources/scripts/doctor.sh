# shellcheck shell=sh disable=SC2154,SC2034
# What a session needs of the host itself, as plain facts: what they mean is decided elsewhere.
# One fact a line: NAME WORD…; free text in hex. A fact that could not be learned has no line.
# Changes nothing on the host.
#
# doctor.sh

m_put() { printf '%s\n' "$*"; }
m_hexed() { head -c 2000 | od -An -v -tx1 | tr -d ' \n'; }

m_put "os $(uname -sr | tr ' ' '_')"
m_put "uid $(id -u)"
m_put "time $(date +%s)"
m_put "home $(printf %s "$HOME" | m_hexed)"
m_put "shell $(printf %s "${SHELL:-}" | m_hexed)"
m_put "path $(printf %s "$PATH" | m_hexed)"

for m_tool in awk cat chmod comm cp cut date dd df find grep head id ln ls mkdir mkfifo mktemp mv od \
  ps rm sed sleep sort tail tr uname wc xargs; do
  command -v "$m_tool" >/dev/null 2>&1 || m_put "lacks $m_tool"
done
for m_tool in git tmux; do
  m_at=$(command -v "$m_tool" 2>/dev/null)
  if [ -n "$m_at" ]; then
    case $m_tool in
    git) m_version=$(git --version 2>&1) ;;
    tmux) m_version=$(tmux -V 2>&1) ;;
    esac
    m_put "$m_tool $(printf %s "$m_at" | m_hexed) $(printf %s "$m_version" | m_hexed)"
  else
    m_put "$m_tool none"
  fi
done
# Whether the server that runs understands the tmux that is installed now.
if [ -S "$S/tmux.sock" ] && command -v tmux >/dev/null 2>&1; then
  m_said=$(cd "$S" && tmux -u -S tmux.sock list-sessions 2>&1) ||
    m_put "tmux-server $(printf %s "$m_said" | m_hexed)"
fi
m_put "charmap $(locale charmap 2>/dev/null | m_hexed)"
m_put "locales $(locale -a 2>/dev/null | grep -ci 'utf-\{0,1\}8')"
if command -v tput >/dev/null 2>&1; then
  if tput -T screen clear >/dev/null 2>&1; then m_put "terminal yes"; else m_put "terminal no"; fi
fi

m_put "state $(printf %s "$S" | m_hexed) $(printf %s "$S/tmux.sock" | wc -c | tr -d ' ')"
# The nearest folder that is there stands for the one that is not yet.
m_at=$S
while [ ! -d "$m_at" ] && [ -n "$m_at" ]; do m_at=${m_at%/*}; done
[ -n "$m_at" ] || m_at=/
# shellcheck disable=SC2012,SC2046
if [ -d "$S" ]; then
  set -- $(ls -ldn "$S")
  m_put "state-mode ${1:-} ${3:-}"
  m_gone=0
  for m_f in "$S"/gone/*; do [ ! -e "$m_f" ] || m_gone=$((m_gone + 1)); done
  m_put "tombstones $m_gone"
fi
if [ -w "$m_at" ]; then m_put "state-write yes"; else m_put "state-write no"; fi
# shellcheck disable=SC2046
set -- $(LC_ALL=C df -Pk "$m_at" 2>/dev/null | sed -n '$p')
[ "$#" -lt 6 ] || m_put "disk $2 $4"
case $(uname -s) in
Linux)
  # shellcheck disable=SC2046
  set -- $(LC_ALL=C df -Pi "$m_at" 2>/dev/null | sed -n '$p')
  [ "$#" -lt 6 ] || m_put "inodes $2 $4"
  m_type=$(stat -f -c %T "$m_at" 2>/dev/null | tr -cd 'A-Za-z0-9/_-')
  [ -z "$m_type" ] || m_put "fs $m_type"
  ;;
Darwin)
  if [ -n "${SSH_CONNECTION:-}" ]; then
    if m_said=$(security show-keychain-info 2>&1); then
      m_put "keychain open"
    else
      m_put "keychain $(printf %s "$m_said" | m_hexed)"
    fi
  fi
  ;;
esac
# An ACL or a missing file leaves these out; neither is worth a word.
m_max=$(sed -n 's/^[[:space:]]*[Mm]ax[Ss]essions[[:space:]]\{1,\}\([0-9]\{1,\}\).*/\1/p' \
  /etc/ssh/sshd_config 2>/dev/null | sed -n 1p)
[ -z "$m_max" ] || m_put "max-sessions $m_max"
if [ -d /run/systemd/system ]; then
  m_put "systemd"
  m_linger=$(loginctl show-user "$(id -u)" -p Linger 2>/dev/null) ||
    if [ -e "/var/lib/systemd/linger/$(id -un)" ]; then m_linger=Linger=yes; else m_linger=; fi
  case $m_linger in Linger=*) m_put "linger ${m_linger#*=}" ;; esac
  # Without an argument: of the manager, with all files of its configuration read.
  m_kill=$(loginctl show-session -p KillUserProcesses 2>/dev/null)
  case $m_kill in KillUserProcesses=*) m_put "kill-user-processes ${m_kill#*=}" ;; esac
fi
m_put "done"
