# shellcheck shell=sh disable=SC2154,SC2034
# Writes down what was asked and starts the session's pane. May be repeated at any point: files are
# written under other names first, the pane's name is taken once, and the run is claimed once.
#
# launch.sh LIB-VERSION ID NAME RUN PROMPT-LENGTH
# input: lines `FILE`, %b text, `FILE`, %b text, …, `end`; then the prompt's bytes
m_lib=$1 ID=$2 m_name=$3 RUN=$4 m_length=$5
m_out() { printf '%s\n' "$*"; }
cd "$S" 2>/dev/null || { m_out "fault state"; exit 10; }
[ ! -e "gone/$ID" ] || { m_out "gone"; exit 0; }
[ -e "lib/$m_lib/done" ] || { m_out "fault lib"; exit 13; }
D=sessions/$ID

# A name is taken by whoever makes its file: ln fails where one is.
if [ ! -e "$D/session.json" ]; then
  printf '%s\n' "$ID" >"names/.$ID.$$" || { m_out "fault disk"; exit 12; }
  if ! ln "names/.$ID.$$" "names/$m_name" 2>/dev/null; then
    IFS= read -r m_other <"names/$m_name" || m_other=
    if [ "$m_other" != "$ID" ] && [ -n "$m_other" ] && [ -e "sessions/$m_other/session.json" ]; then
      rm -f "names/.$ID.$$"
      m_out "taken $m_other"
      exit 0
    fi
    mv -f "names/.$ID.$$" "names/$m_name"
  fi
  rm -f "names/.$ID.$$"
  mkdir -p "$D" 2>/dev/null
fi

# Each file is written whole under another name first; one that is there stays as it is.
m_new=$D/.new.$$
m_keep() {
  if [ -e "$D/$1" ]; then
    rm -f "$m_new"
  else
    mv -f "$m_new" "$D/$1" 2>/dev/null
  fi
}
m_file=
while IFS= read -r m_file && [ "$m_file" != end ] && IFS= read -r m_text; do
  { printf %b "$m_text" >"$m_new" && m_keep "$m_file"; } 2>/dev/null ||
    { m_out "fault disk"; exit 12; }
done
[ "$m_file" = end ] || exit 15 # the connection broke in the middle
if [ ! -e "$D/session.json" ]; then
  cat >"$m_new" 2>/dev/null || { m_out "fault disk"; exit 12; }
  m_size=$(wc -c <"$m_new")
  [ $((m_size)) = "$m_length" ] || exit 15
  m_keep prompt || { m_out "fault disk"; exit 12; }
  { cp "lib/$m_lib/event.sh" "$D/event" && cp "lib/$m_lib/attach.sh" "$D/attach" &&
    chmod 700 "$D/event" "$D/attach" && printf '%s\n' "$m_lib" >"$D/lib"; } 2>/dev/null ||
    { m_out "fault disk"; exit 12; }
  # Last: what has a session.json is whole.
  mv -f "$D/asked" "$D/session.json"
else
  rm -f "$D/asked"
fi

# Removed meanwhile: what was written after that is cleared away by whoever wrote it.
if [ -e "gone/$ID" ]; then
  rm -f "names/$m_name"
  mv "$D" "gone/.$ID.$$" 2>/dev/null
  rm -rf "gone/.$ID".*
  m_out "gone"
  exit 0
fi

if [ -d "$D/run.$RUN" ]; then
  m_out "launched before"
  exit 0
fi
# The pane of the run before is dead, or it would be living still: then nothing new is started.
if [ "$RUN" -gt 1 ]; then
  case $(tmux -u -S tmux.sock display-message -p -t "=$ID:" '#{pane_dead}' 2>/dev/null) in
  0) m_out "fault alive"; exit 16 ;;
  1) tmux -u -S tmux.sock kill-session -t "=$ID" ;;
  esac
fi
m_err=$(umask "$m_umask" && tmux -u -S tmux.sock -f "lib/$m_lib/tmux.conf" \
  new-session -d -s "$ID" -x 160 -y 48 \
  /bin/sh "$S/lib/$m_lib/session.sh" "$S" "$ID" "$RUN" 2>&1) || {
  case $m_err in
  *"duplicate session"*) m_out "launched before" ;;
  *)
    m_out "fault tmux $(printf %s "$m_err" | od -An -v -tx1 | tr -d ' \n')"
    exit 14
    ;;
  esac
  exit 0
}
m_out "launched"
