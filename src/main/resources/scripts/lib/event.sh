#!/bin/sh
# $MUSTER_EVENT STATE [DETAIL]: an agent reports its own state: working, needs-input or idle.
D=${0%/*}
S=${D%/sessions/*}
case ${1:-} in
working | needs-input | idle) ;;
*)
  echo "usage: \$MUSTER_EVENT working|needs-input|idle [DETAIL]" >&2
  exit 2
  ;;
esac
IFS= read -r lib <"$D/lib" || exit 1
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$S/lib/$lib/journal.sh"
m_put "{\"s\":\"${D##*/}\",\"k\":\"report\",\"state\":\"$1\",\"t\":$(m_now),\"x\":\"$(printf %s "${2:-}" | head -c 4096 | m_hex_in)\"}"
