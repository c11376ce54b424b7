# shellcheck shell=sh disable=SC2154,SC2034
# Begins a new generation of the journal, because the old one was deleted, replaced or cut short and
# reading positions in it mean nothing any more. What is left of it is put aside.
#
# anew.sh OLD NEW; answers `gen NAME`, the generation to read now
cd "$S" || exit 10
IFS= read -r m_now 2>/dev/null <gen || m_now=
# Another service was faster: its new generation is whole.
if [ -n "$m_now" ] && [ "$m_now" != "$1" ] && [ -e "journal.$m_now" ]; then
  printf 'gen %s\n' "$m_now"
  exit 0
fi
true >>"journal.$2" || exit 12
{ printf '%s\n' "$2" >"gen.$$" && mv -f "gen.$$" gen; } || exit 12
[ ! -e "journal.$1" ] || mv -f "journal.$1" "aside.$1.$2"
printf 'gen %s\n' "$2"
