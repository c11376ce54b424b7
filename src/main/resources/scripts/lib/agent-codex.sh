# shellcheck shell=sh disable=SC2154
# Before Codex starts: run.sh sources this in a subshell, with the session's environment and the worktree
# as its folder. Leaves behind run.N/options, and the sidecar title.sh. Nothing in here keeps the agent
# from starting.

# m_toml TEXT: as the inside of a basic string of TOML; fails for what it can't hold.
m_toml() {
  case $1 in
  *[[:cntrl:]]*) return 1 ;;
  esac
  printf %s "$1" | sed 's/[\\"]/\\&/g'
}

# Trust is given to the main checkout, and covers its worktrees.
m_main=$(git rev-parse --git-common-dir 2>/dev/null) && m_main=$(cd "$m_main/.." && pwd -P) ||
  m_main=$(pwd -P)
printf '%s\n' 'export MUSTER_AGENT=codex' >"$R/options"
if [ "${TRUST:-}" = yes ] && m_name=$(m_toml "$m_main") && m_here=$(m_toml "$(pwd -P)"); then
  # For this run alone: nothing is written into the user's configuration.
  m_trust="projects={\"$m_name\"={trust_level=\"trusted\"}"
  [ "$m_here" = "$m_name" ] || m_trust="$m_trust,\"$m_here\"={trust_level=\"trusted\"}"
  printf '%s}' "$m_trust" >"$R/trust"
  # shellcheck disable=SC2016
  printf '%s\n' 'set -- -c "$(cat "$R/trust")" "$@"' >>"$R/options"
elif ! grep -q -F -e "[projects.\"$m_main\"]" -e "[projects.\"$(pwd -P)\"]" \
  "${CODEX_HOME:-$HOME/.codex}/config.toml" 2>/dev/null; then
  m_put "{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"codex\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"gate\",\"d\":{\"gate\":\"trust\"}}"
  true >"$R/gated"
fi
# shellcheck source=src/main/resources/scripts/lib/apart.sh
. "$LIB/apart.sh"
m_apart "$LIB/title.sh" codex "$R" "$$"
