# shellcheck shell=sh disable=SC2154,SC2034
# A request's whole payload, where it was too long for a record.
#
# payload.sh ID REQUEST
cd "$S" 2>/dev/null || exit 10
[ -e "sessions/$1/asks/$2/payload" ] || exit 4
exec cat "sessions/$1/asks/$2/payload"
