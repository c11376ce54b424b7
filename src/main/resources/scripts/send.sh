# shellcheck shell=sh disable=SC2154,SC2034
# Types a text into a session's terminal, once for each id, however often it is asked. Never into a
# dialog, where a key could say yes.
#
# send.sh ID PROMPT-ID LENGTH LINE; input: the text's bytes
# LINE says what its input line looks like: `claude`, `claude-now` (may hold what a person types), or `-`
# for one of which nothing is known. A LENGTH of `first` sends the session's own first prompt.
# Answers `sent`, `sent before`, `ended`, `none`, `disk`, `unknown`, `failed`, `dialog`, `typing`, or
# `unsent`: typed, and a dialog came before it could be submitted.
cd "$S" || exit 10
D=sessions/$1
P=$D/sent/$2
m_line=$4
[ -e "$D/session.json" ] || { echo none; exit 0; }
if [ -e "$P/done" ]; then
  echo "sent before"
  exit 0
fi
m_tmux() { tmux -u -S tmux.sock "$@"; }
case $(m_tmux display-message -p -t "=$1:" '#{pane_dead}' 2>/dev/null) in
0) ;;
*) echo ended; exit 0 ;;
esac
# A request that waits beside its dialog on the screen (see lib/ask.sh).
m_asks() {
  for m_p in "$D"/asks/*/pid; do
    [ -e "$m_p" ] || continue
    m_pid=
    IFS= read -r m_pid 2>/dev/null <"$m_p"
    case $m_pid in '' | *[!0-9]*) continue ;; esac
    [ -e "${m_p%/pid}/answer" ] || ! kill -0 "$m_pid" 2>/dev/null || return 0
  done
  return 1
}
# Claude Code 2.1.329 begins its input line with a mark and a no-break space, and a dialog's choice with
# the same mark and a space. A hint in an empty line is dim. What looks otherwise is left to its hooks.
# Sets m_at, where the cursor stands, and m_raw, its row, as they were at one moment: while an agent draws,
# its cursor is elsewhere.
m_look() {
  for m_try in 1 2 3 4 5; do
    m_at=$(m_tmux display-message -p -t "=$1:" '#{cursor_x} #{cursor_y}')
    m_raw=$(m_tmux capture-pane -p -e -t "=$1:" -S "${m_at#* }" -E "${m_at#* }" \; \
      display-message -p -t "=$1:" '#{cursor_x} #{cursor_y}')
    case $m_raw in *"
$m_at") break ;; esac
    m_nap
  done
  m_raw=${m_raw%"
"*}
}
m_nap() { sleep 0.15 2>/dev/null || sleep 1; }
m_input() {
  LC_ALL=C
  m_esc=$(printf '\033') m_mark=$(printf '\342\235\257') m_nbsp=$(printf '\302\240')
  m_look "$1"
  m_text=$(printf '%s\n' "$m_raw" | sed "s/$m_esc\\[[0-9;]*m//g;s/^ *//;s/ *\$//")
  case $m_text in
  "$m_mark$m_nbsp") echo free ;;
  "$m_mark$m_nbsp"*)
    case $m_raw in
    *"${m_esc}[2m"* | *"${m_esc}[0;2m"*) if [ "${m_at% *}" = 2 ]; then echo free; else echo typing; fi ;;
    *) echo typing ;;
    esac
    ;;
  "$m_mark "*) echo dialog ;;
  *) echo free ;;
  esac
}
# What has just been typed is not drawn yet: an empty line counts when it is still empty a moment later.
m_settled() {
  m_now=$(m_input "$1")
  [ "$m_now" = free ] || { echo "$m_now"; return; }
  m_nap
  m_input "$1"
}
m_free() {
  case $m_line in
  claude*)
    case $(m_settled "$1") in
    dialog) echo dialog; return 1 ;;
    typing) [ "$m_line" = claude-now ] || { echo typing; return 1; } ;;
    esac
    ;;
  esac
  ! m_asks || { echo dialog; return 1; }
}
m_free "$1" || exit 0
mkdir -p "$D/sent"
if [ "$3" = first ]; then
  [ -e "$D/later" ] || { echo none; exit 0; }
  cat "$D/later" "$D/prompt" >"$D/sent/.$2" 2>/dev/null || { echo disk; exit 0; }
else
  cat >"$D/sent/.$2" 2>/dev/null || { echo disk; exit 0; }
  # shellcheck disable=SC2012
  m_size=$(ls -ln "$D/sent/.$2" | { read -r _ _ _ _ m_n _ && echo "$m_n"; })
  [ "$m_size" = "$3" ] || exit 15 # the connection broke in the middle
fi
# Whoever makes the folder types it; one that was cut short in here is never typed again.
mkdir "$P" 2>/dev/null || { echo unknown; exit 0; }
if ! { m_tmux load-buffer -b "muster-$2" "$D/sent/.$2" &&
  m_tmux paste-buffer -p -r -d -b "muster-$2" -t "=$1:"; }; then
  echo failed
  exit 0
fi
# A program that reads a paste needs a moment before the key that submits it.
m_nap
if m_asks; then
  echo unsent
  exit 0
fi
m_tmux send-keys -t "=$1:" Enter || { echo failed; exit 0; }
rm -f "$D/sent/.$2"
# Without it a repetition is told that it may have been typed, which it was.
{ true >"$P/done"; } 2>/dev/null
echo sent
