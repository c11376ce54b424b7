# shellcheck shell=sh disable=SC2154,SC2034
# Where a folder is: its checkout, the repo that this belongs to, and the branch. Reads only.
#
# where.sh FOLDER; answers `top`, `repo` and `branch`, each with hexadecimal digits; nothing outside of git
m_hexed() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
cd "$1" 2>/dev/null || exit 0
m_top=$(git rev-parse --show-toplevel 2>/dev/null) && [ -n "$m_top" ] || exit 0
m_common=$(cd "$m_top" && cd "$(git rev-parse --git-common-dir)" && pwd -P) || exit 0
printf 'top %s\n' "$(m_hexed "$m_top")"
printf 'repo %s\n' "$(m_hexed "${m_common%/.git}")"
printf 'branch %s\n' "$(m_hexed "$(git symbolic-ref -q --short HEAD)")"
