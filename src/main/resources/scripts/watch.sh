# shellcheck shell=sh disable=SC2154,SC2034
# The standing journal channel: raw bytes of one generation on standard output from an offset on,
# control lines on standard error, pings on standard input.
#
# watch.sh SERVICE TOKEN GENERATION OFFSET TICK-SECONDS MISSES
# Control lines: `H gen size` begun, `K SIZE FREE LOAD CPUS` alive (each tick) and how the host does, as
# vitals.sh says, `W nolease`, `E …` not begun, `X …` ends.
# It ends by itself: at end of input, after MISSES ticks without a ping, when a newer watcher of the
# same service has left its lease (tokens sort by time), when the journal is not the same any more, and
# when tail ends. Which of the three shells is the first to end takes the others along and tidies up;
# it ignores the TERM of another one that ends at the same time, so that one of them always does.
cd "$S" || { echo "E nodir" >&2; exit 3; }
LC_ALL=C
export LC_ALL
me=$1 tok=$2 gen=$3 off=$4 tick=$5 miss=$6
# shellcheck disable=SC2012,SC2046
set -- $(ls -lnd "journal.$gen" 2>/dev/null)
size=${5:-none}
[ "$size" != none ] || { echo "E gone $gen" >&2; exit 4; }
# shellcheck disable=SC2012
inode=$(ls -id "journal.$gen" 2>/dev/null | sed 's/^ *//;s/ .*//')
[ "$off" -le "$size" ] || { echo "E short $gen $size" >&2; exit 5; }
# With the service gone, its hub session is of no use: without sessions the tmux server ends too. Its
# end wakes hub.sh, which finds no watcher and ends as well. Has the service come back meanwhile, its new
# watcher has left a lease (where the disk had room), and a hub that came before makes its session anew.
m_tidy() {
  [ -n "$L" ] || return 0
  rm -f "$L"
  for f in "watch/$me."t*; do [ ! -e "$f" ] || return 0; done
  tmux -S tmux.sock kill-session -t "=hub-$me" >/dev/null 2>&1
}
L=watch/$me.$tok
{ true >"$L"; } 2>/dev/null || { L=; echo "W nolease" >&2; }
# After the new one is there: hub.sh takes it that a service without any lease has gone.
for f in "watch/$me."t*; do [ "$f" = "$L" ] || rm -f "$f"; done
(
  t=
  trap '[ -z "$t" ] || kill "$t" 2>/dev/null; exit' TERM
  tail -c "+$((off + 1))" -f "journal.$gen" </dev/null &
  t=$!
  wait "$t"
  m_rc=$?
  trap '' TERM PIPE
  # tail ends too when nobody reads it any more, and may see that before the end of input is read.
  m_why=
  echo "X tail $m_rc" >&2 || m_why=unheard
  kill $$
  [ -z "$m_why" ] || m_tidy
) &
T=$!
(
  exec </dev/null # the pings are for the loop below
  trap '' PIPE
  m_sleep=
  trap '[ -z "$m_sleep" ] || kill "$m_sleep" 2>/dev/null; exit' TERM
  trap 'n=0' USR1
  n=0
  m_why=
  # After the trap: pings begin when this line was read, and would kill this shell without it.
  echo "H $gen $size" >&2
  while :; do
    # In the background, so that it ends with us; a ping interrupts the wait, not the sleep.
    sleep "$tick" >/dev/null 2>&1 &
    m_sleep=$!
    wait "$m_sleep"
    m_rc=$?
    while kill -0 "$m_sleep" 2>/dev/null; do
      wait "$m_sleep"
      m_rc=$?
    done
    case $m_rc in 0 | 12[89] | 1[3-9]?) ;; *) break ;; esac
    n=$((n + 1))
    kill -0 $$ 2>/dev/null || {
      echo "X left" >&2 || m_why=unheard
      break
    }
    if [ -n "$L" ]; then
      last=
      for f in "watch/$me."t*; do last=$f; done
      if [ ! -e "$L" ] || [ "$last" != "$L" ]; then
        echo "X replaced" >&2
        break
      fi
    fi
    # Deleted, replaced or cut short: tail would wait for ever, or read what was read before.
    # shellcheck disable=SC2012,SC2046
    set -- $(ls -ilnd "journal.$gen" 2>/dev/null)
    if [ "${1:-}" != "$inode" ] || [ "${6:-0}" -lt "$size" ]; then
      echo "X changed $gen" >&2
      break
    fi
    size=$6
    # Its last record says so too, unless whoever rotated was cut off before that.
    if IFS= read -r m_now 2>/dev/null <gen && [ -n "$m_now" ] && [ "$m_now" != "$gen" ]; then
      echo "X moved $m_now" >&2
      break
    fi
    if [ "$n" -gt "$miss" ]; then
      m_why=nopings
      echo "X nopings" >&2
      break
    fi
    m_vitals
    echo "K $m_vital" >&2 || {
      m_why=unheard
      break
    }
  done
  trap '' TERM
  # No trap waits for this signal in the loop below: dash does not run one while it reads.
  kill "$T" $$ 2>/dev/null
  case $m_why in
  nopings | unheard) m_tidy ;;
  *) [ -z "$L" ] || rm -f "$L" ;;
  esac
) &
K=$!
while read -r p; do kill -USR1 "$K" 2>/dev/null; done
# End of input: nobody listens any more.
trap '' TERM
kill "$T" "$K" 2>/dev/null
# Whoever reads us to the end need not wait for this.
exec </dev/null >/dev/null 2>&1
m_tidy
exit 0
