# shellcheck shell=sh disable=SC2154,SC2034
# What a session needs of one repository. Facts as in doctor.sh; changes nothing.
#
# doctor-repo.sh PATH BASE WORKTREES; the last two may be empty
m_put() { printf '%s\n' "$*"; }
m_hexed() { head -c 2000 | od -An -v -tx1 | tr -d ' \n'; }
m_home() {
  # shellcheck disable=SC2088
  case $1 in
  '~/'*) printf '%s/%s' "$HOME" "${1#'~/'}" ;;
  *) printf %s "$1" ;;
  esac
}
m_repo=$(m_home "$1")
m_base=$2
m_trees=$(m_home "$3")
[ -n "$m_trees" ] || m_trees=$m_repo.worktrees
m_put "path $(printf %s "$m_repo" | m_hexed)"
if [ ! -d "$m_repo" ]; then
  if [ -e "$m_repo" ]; then m_put "is file"; else m_put "is nothing"; fi
  m_put "done"
  exit 0
fi
if ! (cd "$m_repo") 2>/dev/null; then
  m_put "is closed"
  m_put "done"
  exit 0
fi
m_put "is folder"
m_put "real $(cd "$m_repo" && pwd -P | tr -d '\n' | m_hexed)"
if ! command -v git >/dev/null 2>&1; then
  m_put "done"
  exit 0
fi
m_git() { LC_ALL=C git -C "$m_repo" "$@"; }
if ! m_said=$(m_git rev-parse --is-bare-repository --git-common-dir 2>&1); then
  m_put "refused $(printf %s "$m_said" | m_hexed)"
  m_put "done"
  exit 0
fi
case $m_said in true*) m_put "bare" ;; esac
m_common=$(m_git rev-parse --git-common-dir)
case $m_common in /*) ;; *) m_common=$m_repo/$m_common ;; esac
m_put "top $(m_git rev-parse --show-toplevel 2>/dev/null | tr -d '\n' | m_hexed)"
m_put "head $(m_git rev-parse --verify --quiet 'HEAD^{commit}')"
m_ref=
if [ -n "$m_base" ]; then
  m_ref=$(m_git rev-parse --verify --quiet "refs/heads/$m_base^{commit}" 2>/dev/null) ||
    m_ref=$(m_git rev-parse --verify --quiet "refs/remotes/origin/$m_base^{commit}" 2>/dev/null) ||
    case $m_base in
    -*) ;;
    *) m_ref=$(m_git rev-parse --verify --quiet "$m_base^{commit}" 2>/dev/null) ;;
    esac
  m_put "base ${m_ref:-none}"
  [ -n "$m_ref" ] || m_git for-each-ref --count=40 --sort=-committerdate \
    --format='%(refname:lstrip=2)' refs/heads refs/remotes |
    while IFS= read -r m_b; do m_put "branch $(printf %s "$m_b" | m_hexed)"; done
fi
if m_git show-ref --verify --quiet refs/heads/muster; then m_put "blocked"; fi
for m_d in "$m_common" "$m_common/refs/heads" "$m_common/objects" "$m_common/worktrees"; do
  [ ! -e "$m_d" ] || [ -w "$m_d" ] || m_put "read-only $(printf %s "$m_d" | m_hexed)"
done
m_at=$m_trees
while [ ! -e "$m_at" ] && [ -n "$m_at" ]; do m_at=${m_at%/*}; done
[ -n "$m_at" ] || m_at=/
m_can=no
[ ! -d "$m_at" ] || [ ! -w "$m_at" ] || m_can=yes
m_put "worktrees $(printf %s "$m_trees" | m_hexed) $m_can $(printf %s "$m_at" | m_hexed)"
# shellcheck disable=SC2046
set -- $(LC_ALL=C df -Pk "$m_at" 2>/dev/null | sed -n '$p')
[ "$#" -lt 6 ] || m_put "disk $2 $4"
if [ -e "$m_repo/.worktreeinclude" ]; then
  if [ -r "$m_repo/.worktreeinclude" ]; then m_put "include yes"; else m_put "include no"; fi
fi
m_put "stale $(m_git worktree list --porcelain 2>/dev/null | grep -c '^prunable')"
m_name=$(m_git config user.name) && m_mail=$(m_git config user.email) &&
  [ -n "$m_name" ] && [ -n "$m_mail" ] && m_put "identity"
m_put "done"
