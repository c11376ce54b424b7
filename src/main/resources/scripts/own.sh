# shellcheck shell=sh disable=SC2154,SC2034
# Gives a session to another service: whoever names its present owner first has it.
#
# own.sh ID OLD NEW; answers `owned`, `other` (the owner is not OLD any more) or `none`
cd "$S" || exit 10
D=sessions/$1
IFS= read -r m_json 2>/dev/null <"$D/session.json" || { echo none; exit 0; }
IFS= read -r m_lib 2>/dev/null <"$D/lib"
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "lib/$m_lib/journal.sh"
# The first key of that name: what people write into a session comes behind it.
m_rest=${m_json#*'"owner":"'}
m_before=${m_json%"$m_rest"}
case ${m_rest%%\"*} in
"$3") echo owned; exit 0 ;;
"$2") ;;
*) echo other; exit 0 ;;
esac
# One at a time; a lock that its holder left behind is old.
m_lock=$D/own.lock
[ -z "$(find "$m_lock" -prune -mmin +1 2>/dev/null)" ] || rmdir "$m_lock" 2>/dev/null
mkdir "$m_lock" 2>/dev/null || { echo other; exit 0; }
trap 'rmdir "$m_lock" 2>/dev/null' EXIT
IFS= read -r m_again <"$D/session.json"
[ "$m_again" = "$m_json" ] || { echo other; exit 0; }
{ printf '%s\n' "$m_before$3${m_rest#"$2"}" >"$D/.own" && mv -f "$D/.own" "$D/session.json"; } 2>/dev/null ||
  { echo "fault disk"; exit 12; }
m_put "{\"s\":\"$1\",\"k\":\"owner\",\"t\":$(m_now),\"owner\":\"$3\"}"
echo owned
