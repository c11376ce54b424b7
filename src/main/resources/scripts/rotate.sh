# shellcheck shell=sh disable=SC2154,SC2034
# Begins the next generation of the journal when this one is large, and says which there are. May be
# cut off anywhere and repeated: what comes after OLD is decided once, by whoever makes its file.
#
# rotate.sh [OLD NEW BYTES]; answers `gen NAME`, the one that is written now, and `journal NAME SIZE`
cd "$S" || exit 10
IFS= read -r m_gen 2>/dev/null <gen || m_gen=
m_rc=0
m_size() {
  # shellcheck disable=SC2012,SC2046
  set -- $(ls -ln "journal.$1" 2>/dev/null)
  m_bytes=${5:-0}
}
m_rotate() {
  printf '%s\n' "$2" >"gen.$$" || return 12
  ln "gen.$$" "next.$1" 2>/dev/null || [ -s "next.$1" ] || return 12
  IFS= read -r m_new <"next.$1" || return 12
  # There before anybody is told to write to it.
  true >>"journal.$m_new" || return 12
  printf '%s\n' "$m_new" >"gen.$$" && mv -f "gen.$$" gen || return 12
  m_gen=$m_new
  # Readers are told in the old one. One that misses this finds it out with its next tick.
  printf '\n{"next":"%s"}\n' "$m_new" >>"journal.$1" || return 12
}
if [ "$#" -eq 3 ] && [ "$m_gen" = "$1" ]; then
  m_size "$1"
  if [ "$m_bytes" -ge "$3" ]; then
    m_rotate "$1" "$2" || m_rc=$?
    rm -f "gen.$$"
  fi
fi
for m_j in journal.*; do
  m_size "${m_j#journal.}"
  printf 'journal %s %s\n' "${m_j#journal.}" "$m_bytes"
done
printf 'gen %s\n' "$m_gen"
exit "$m_rc"
