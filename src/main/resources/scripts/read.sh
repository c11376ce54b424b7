# shellcheck shell=sh disable=SC2154,SC2034
# A stretch of one journal generation, for catching up.
#
# read.sh GENERATION OFFSET; prints at most 4 MiB of raw bytes
cd "$S" || exit 10
[ -e "journal.$1" ] || exit 4
tail -c "+$(($2 + 1))" "journal.$1" | head -c 4194304
