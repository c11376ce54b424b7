# shellcheck shell=sh disable=SC2154,SC2034
# Deletes old generations of the journal that were read to their ends.
#
# prune.sh GENERATION OFFSET …; OFFSET is how far it was read. Answers `pruned GENERATION`
cd "$S" || exit 10
IFS= read -r m_gen 2>/dev/null <gen || exit 0
while [ "$#" -ge 2 ]; do
  # Not written to for seven days. What is unread and has no newline is a record that was torn: its
  # writer is long gone.
  if [ "$1" != "$m_gen" ] && [ -n "$(find "journal.$1" -mtime +6 2>/dev/null)" ] &&
    [ "$(tail -c "+$(($2 + 1))" "journal.$1" | wc -l)" -eq 0 ]; then
    rm -f "journal.$1" "next.$1" && printf 'pruned %s\n' "$1"
  fi
  shift 2
done
