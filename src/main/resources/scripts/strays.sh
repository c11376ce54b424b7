# shellcheck shell=sh disable=SC2154,SC2034
# The standing watch over agents that people started by hand: the entries of Claude Code's session
# registry, as they change. Of each folder only `sessions/<pid>.json` is read, never what lies beside it.
#
# strays.sh TICK-SECONDS MISSES FOLDER…; a leading ~/ is the home. Standard input: pings, any line.
# Lines: `H` begun, `R FOLDER PID ALIVE START JSON` an entry that is new or has changed (FOLDER counts
# from 1; START is the process's own start time, `-` where the system does not tell), `G FOLDER PID`
# an entry that is gone, `A` all that is there has been said, `K` alive.
# It ends at end of input, and after MISSES ticks without a ping.
tick=$1 miss=$2
shift 2
LC_ALL=C
export LC_ALL

# m_start PID: when it began, in clock ticks (proc(5), field 22).
m_start() {
  m_s=-
  { IFS= read -r m_t <"/proc/$1/stat"; } 2>/dev/null || return 0
  m_t=${m_t##*) }
  m_c=3
  while [ "$m_c" -lt 22 ]; do
    m_t=${m_t#* }
    m_c=$((m_c + 1))
  done
  m_s=${m_t%% *}
}

# m_look FOLDER-NUMBER FOLDER
m_look() {
  for m_j in "$2"/sessions/*.json; do
    m_p=${m_j##*/}
    m_p=${m_p%.json}
    case $m_p in '' | *[!0-9]* | ???????????*) continue ;; esac
    m_l=
    { IFS= read -r m_l <"$m_j"; } 2>/dev/null
    case $m_l in
    '{'*'}') ;;
    # Not on one line, or gone meanwhile.
    *) m_l=$(tr '\n\r' '  ' 2>/dev/null <"$m_j") ;;
    esac
    [ -n "$m_l" ] || continue
    m_now="$m_now $1:$m_p"
    m_a=1
    kill -0 "$m_p" 2>/dev/null || m_a=0
    eval "m_o=\${m_was_$1_$m_p-}"
    [ "$m_a$m_l" != "$m_o" ] || continue
    eval "m_was_$1_$m_p=\$m_a\$m_l"
    m_start "$m_p"
    printf 'R %s %s %s %s %s\n' "$1" "$m_p" "$m_a" "$m_s" "$m_l" || exit
  done
}

(
  exec </dev/null
  trap 'n=0' USR1
  n=0 k=0 m_known='' m_first=1
  # After the trap: pings begin when this line was read, and would kill this shell without it.
  echo H
  while :; do
    m_now='' m_i=0
    for m_f; do
      m_i=$((m_i + 1))
      # shellcheck disable=SC2088
      case $m_f in '~/'*) m_f=$HOME/${m_f#'~/'} ;; esac
      m_look "$m_i" "$m_f"
    done
    for m_x in $m_known; do
      case "$m_now " in
      *" $m_x "*) ;;
      *)
        unset "m_was_${m_x%:*}_${m_x#*:}"
        printf 'G %s %s\n' "${m_x%:*}" "${m_x#*:}" || exit
        ;;
      esac
    done
    m_known=$m_now
    if [ -n "$m_first" ]; then
      m_first=
      echo A
    fi
    sleep "$tick"
    n=$((n + 1)) k=$((k + 1))
    kill -0 $$ 2>/dev/null || break
    if [ "$n" -gt "$miss" ]; then
      kill $$
      break
    fi
    # Who writes to a connection that has gone is told so.
    if [ "$k" -ge 20 ]; then
      k=0
      echo K || break
    fi
  done
) &
K=$!
while read -r p; do kill -USR1 "$K" 2>/dev/null; done
kill "$K" 2>/dev/null
exit 0
