# shellcheck shell=sh
# The journal: what happened on this host, one record a line. Sourced by the scripts beside it.
# S is the state folder. One record is one write(2) to a file opened for appending, with a newline
# before it, so that whoever was killed in the middle of one spoils that record only.

# m_append RECORD. A short one by the shell's own printf, which starts no program: every sh writes so
# little at once (mksh has the smallest buffer, 512 bytes; bash writes the newline ahead by itself,
# which spoils nothing). A longer one by dd, which writes as much as it is told to.
m_append() {
  if [ "${#1}" -lt 400 ]; then
    printf '\n%s\n' "$1" >>"$S/journal.$m_gen"
  else
    printf '\n%s\n' "$1" | dd ibs=65536 obs=16777216 2>/dev/null >>"$S/journal.$m_gen"
  fi
}

# m_put RECORD: appends one record (JSON on one line, made of names, numbers and hex).
m_put() {
  IFS= read -r m_gen <"$S/gen" 2>/dev/null || m_gen=
  if [ -n "$m_gen" ] && m_append "$1" 2>/dev/null; then
    return 0
  fi
  m_lost
}

# The disk is full or the folder is gone: tmux remembers in memory that something was lost.
m_lost() {
  [ -z "${TMUX_PANE:-}" ] ||
    (cd "$S" && tmux -S tmux.sock set-option -p -t "$TMUX_PANE" @muster_lost 1) >/dev/null 2>&1
  return 1
}

# m_put_more HEAD: appends a record that begins with HEAD, goes on with standard input, one line of any
# length, and ends with a brace.
m_put_more() {
  IFS= read -r m_gen <"$S/gen" 2>/dev/null || m_gen=
  if [ -n "$m_gen" ] && {
    printf '\n%s' "$1"
    cat
    printf '}\n'
  } | dd ibs=65536 obs=16777216 2>/dev/null >>"$S/journal.$m_gen"; then
    return 0
  fi
  m_lost
}

# m_hex_in: standard input as hexadecimal digits, so that any byte fits into a record.
m_hex_in() {
  od -An -v -tx1 | tr -d ' \n'
}

m_now() {
  date +%s
}
