# shellcheck shell=sh disable=SC2154
# Before Gemini CLI starts: run.sh sources this in a subshell, with the session's environment and the
# worktree as its folder. Gemini takes hooks from files of its home only, so the session gets a home of
# links: all that the user has there, and one extension more, which brings the hooks. Leaves behind
# run.N/options, and the sidecar title.sh. Nothing in here keeps the agent from starting.
m_own=${GEMINI_CLI_HOME:-$HOME}/.gemini
m_home=$D/gemini/.gemini
m_trusts=${GEMINI_CLI_TRUSTED_FOLDERS_PATH:-$m_own/trustedFolders.json}

m_links() {
  umask 077
  mkdir -p "$m_own/tmp" "$m_own/history" "$m_home/extensions/muster/hooks" || return 1
  # A link to what is not there yet has it made in the user's own place.
  for m_f in settings.json oauth_creds.json google_accounts.json \
    gemini-credentials.json mcp-oauth-tokens.json installation_id projects.json state.json; do
    m_link "$m_own/$m_f"
  done
  for m_f in "$m_own"/* "$m_own"/.[!.]*; do
    [ ! -e "$m_f" ] || [ "${m_f##*/}" = extensions ] || m_link "$m_f"
  done
  for m_f in "$m_own"/extensions/*; do
    [ ! -e "$m_f" ] || [ "${m_f##*/}" = muster ] || m_link "$m_f" extensions/
  done
  printf '%s\n' '{"name":"muster","version":"1.0.0"}' \
    >"$m_home/extensions/muster/gemini-extension.json" &&
    m_hooks >"$m_home/extensions/muster/hooks/hooks.json"
}

# m_link FILE [FOLDER/]
m_link() {
  ln -sfn "$1" "$m_home/${2:-}${1##*/}"
}

# shellcheck disable=SC2016
m_hooks() {
  printf '%s' '{"hooks":{'
  for m_e in BeforeAgent AfterAgent BeforeTool AfterTool Notification PreCompress SessionEnd; do
    printf '"%s":[{"hooks":[{"name":"muster","type":"command","timeout":30000,"command":"%s"}]}],' \
      "$m_e" 'exec /bin/sh \"$MUSTER_LIB/hook.sh\"'
  done
  printf '"SessionStart":[{"hooks":[{"name":"muster","type":"command","timeout":30000,"command":"%s"}]}]}}\n' \
    'exec /bin/sh \"$MUSTER_LIB/gemini-began.sh\"'
}

# m_gate NAME
m_gate() {
  m_put "{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"gemini\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"gate\",\"d\":{\"gate\":\"$1\"}}"
  true >"$R/gated"
}

# Whether it will ask to trust the folder: asked, unless it is off or this folder or one above is known.
m_asks_trust() {
  [ "${GEMINI_CLI_TRUST_WORKSPACE:-}" != true ] || return 1
  tr -d ' \n\r\t' <"$m_own/settings.json" 2>/dev/null | grep -q '"folderTrust":{"enabled":false' &&
    return 1
  m_up=$(pwd -P)
  while [ -n "$m_up" ]; do
    ! grep -q -F "\"$m_up\": \"" "$m_trusts" 2>/dev/null || return 1
    m_up=${m_up%/*}
  done
  return 0
}

# shellcheck disable=SC2016
m_options() {
  printf '%s\n' 'export MUSTER_AGENT=gemini'
  # Trust that is given in here is kept where the user's own is.
  [ -z "$m_ready" ] || printf '%s\n' \
    ': "${GEMINI_CLI_TRUSTED_FOLDERS_PATH:=${GEMINI_CLI_HOME:-$HOME}/.gemini/trustedFolders.json}"' \
    'GEMINI_CLI_HOME=$D/gemini' 'export GEMINI_CLI_HOME GEMINI_CLI_TRUSTED_FOLDERS_PATH'
  if [ "${TRUST:-}" = yes ]; then
    printf '%s\n' 'set -- --skip-trust "$@"'
  elif m_asks_trust; then
    m_gate trust
    # It would take its prompt before that question is answered and once more after it, when it also
    # refuses to begin under the same name again.
    [ "$1" != --session-id ] || printf '%s\n' 'shift 2' 'm_n=$#
while [ "$m_n" -gt 0 ]; do
  m_n=$((m_n - 1))
  case $1 in --prompt-interactive=*) ;; *) set -- "$@" "$1" ;; esac
  shift
done'
  elif [ "$1" = --resume ] &&
    [ -z "$(find "$m_own/tmp" -name "session-*$(printf %.8s "$2")*" 2>/dev/null | head -n 1)" ]; then
    # Of this conversation nothing was ever written down: it begins under its name.
    printf '%s\n' 'shift' 'set -- --session-id "$@"'
  fi
}

m_ready=
! m_links 2>/dev/null || m_ready=yes
m_program=$1
shift
m_options "$@" >"$R/options"
set -- "$m_program" "$@"
# shellcheck source=src/main/resources/scripts/lib/apart.sh
. "$LIB/apart.sh"
m_apart "$LIB/title.sh" gemini "$R" "$$" heard
