# shellcheck shell=sh disable=SC2154,SC2034
# Types a text into a session's terminal, once for each id, however often it is asked.
#
# send.sh ID PROMPT-ID LENGTH; input: the text's bytes
cd "$S" || exit 10
D=sessions/$1
P=$D/sent/$2
[ -e "$D/session.json" ] || { echo none; exit 0; }
if [ -e "$P/done" ]; then
  echo "sent before"
  exit 0
fi
case $(tmux -u -S tmux.sock display-message -p -t "=$1:" '#{pane_dead}' 2>/dev/null) in
0) ;;
*) echo ended; exit 0 ;;
esac
mkdir -p "$D/sent"
cat >"$D/sent/.$2" 2>/dev/null || { echo disk; exit 0; }
# shellcheck disable=SC2012
m_size=$(ls -ln "$D/sent/.$2" | { read -r _ _ _ _ m_n _ && echo "$m_n"; })
[ "$m_size" = "$3" ] || exit 15 # the connection broke in the middle
# Whoever makes the folder types it; one that was cut short in here is never typed again.
mkdir "$P" 2>/dev/null || { echo unknown; exit 0; }
if ! { tmux -u -S tmux.sock load-buffer -b "muster-$2" "$D/sent/.$2" &&
  tmux -u -S tmux.sock paste-buffer -p -r -d -b "muster-$2" -t "=$1:"; }; then
  echo failed
  exit 0
fi
# A program that reads a paste needs a moment before the key that submits it.
sleep 0.1 2>/dev/null || sleep 1
tmux -u -S tmux.sock send-keys -t "=$1:" Enter || { echo failed; exit 0; }
rm -f "$D/sent/.$2"
# Without it a repetition is told that it may have been typed, which it was.
{ true >"$P/done"; } 2>/dev/null
echo sent
