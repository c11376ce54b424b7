# shellcheck shell=sh disable=SC2154
# Before Claude Code starts: run.sh sources this in a subshell, with the session's environment, the
# worktree as its folder and the agent's command line as its arguments. Says which questions will
# stand before the agent, and leaves behind what makes it speak: run.N/options, run.N/settings.json
# and the sidecar registry.sh. Nothing in here keeps the agent from starting.
# shellcheck source=src/main/resources/scripts/lib/json.sh
. "$LIB/json.sh"

m_config=${CLAUDE_CONFIG_DIR:-$HOME/.claude}
m_file=${CLAUDE_CONFIG_DIR:-$HOME}/.claude.json

# m_version PROGRAM: sets m_version, empty when it does not say. It is asked anew when its file has
# changed: that takes it a tenth of a second.
m_version() {
  m_version=
  m_at=$(command -v "$1") || return 0
  # shellcheck disable=SC2012
  m_is=$(ls -lniL "$m_at" 2>/dev/null) || return 0
  m_memo=$S/versions/claude.$(printf %s "$m_at" | cksum | tr -d ' ')
  { IFS= read -r m_was && IFS= read -r m_version; } 2>/dev/null <"$m_memo"
  [ "$m_was" != "$m_is" ] || return 0
  m_limit=
  ! command -v timeout >/dev/null 2>&1 || m_limit='timeout -s KILL 10'
  m_version=$(DISABLE_AUTOUPDATER=1 $m_limit "$m_at" --version 2>/dev/null </dev/null | head -n 1 |
    sed -n 's/^\([0-9][0-9]*\.[0-9][0-9]*\.[0-9][0-9]*\).*/\1/p')
  [ -n "$m_version" ] || return 0
  mkdir -p "$S/versions" && printf '%s\n%s\n' "$m_is" "$m_version" >"$m_memo.$$" &&
    mv -f "$m_memo.$$" "$m_memo"
}

# m_since VERSION: whether the agent is at least that old. One that tells no version is taken for old.
m_since() (
  IFS=.
  # shellcheck disable=SC2086
  set -- $1 ${m_version:-0.0.0}
  [ "$4" -gt "$1" ] || { [ "$4" -eq "$1" ] && [ "$5" -gt "$2" ]; } ||
    { [ "$4" -eq "$1" ] && [ "$5" -eq "$2" ] && [ "$6" -ge "$3" ]; }
)

# The settings of this run come besides the user's own; a hook of an event that the agent does not
# know would have it ask about its settings before it starts.
# shellcheck disable=SC2016
m_settings() {
  m_events='SessionStart UserPromptSubmit PreToolUse PostToolUse Stop PreCompact SessionEnd'
  ! m_since 2.1.33 || m_events="$m_events PostToolUseFailure"
  ! m_since 2.1.76 || m_events="$m_events PostCompact"
  ! m_since 2.1.78 || m_events="$m_events StopFailure"
  printf '{"hooks":{'
  for m_event in $m_events; do
    printf '"%s":[{"hooks":[{"type":"command","command":"%s","timeout":30}]}],' "$m_event" \
      'exec /bin/sh \"$MUSTER_LIB/hook.sh\"'
  done
  # It waits for an answer as long as its dialog does.
  if [ -e "$LIB/ask.sh" ] && m_since 2.0.45; then
    printf '"PermissionRequest":[{"hooks":[{"type":"command","command":"%s","timeout":86400}]}],' \
      'exec /bin/sh \"$MUSTER_LIB/ask.sh\" claude'
  fi
  printf '"SubagentStop":[{"hooks":[{"type":"command","command":"%s","timeout":30}]}]},' \
    'exec /bin/sh \"$MUSTER_LIB/hook.sh\"'
  printf '"statusLine":{"type":"command","command":"%s"%s}}\n' \
    'exec /bin/sh \"$MUSTER_LIB/status.sh\"' "$m_status_more"
}

# The user's own status line, which ours takes the place of and runs: run.N/statusline.
m_own_status() {
  m_status_more=
  for m_from in .claude/settings.local.json .claude/settings.json "$m_config/settings.json"; do
    [ -r "$m_from" ] || continue
    m_found=$(m_json_leaves <"$m_from" | grep '^statusLine	')
    case $m_found in *'	command	"'*) ;; *) continue ;; esac
    printf '%s\n' "$m_found" | sed -n 's/^statusLine	command	//p' | m_json_text >"$R/statusline"
    m_status_more=$(printf '%s\n' "$m_found" |
      sed -n 's/^statusLine	\(padding\|refreshInterval\)	\([0-9][0-9]*\)$/,"\1":\2/p' | tr -d '\n')
    return
  done
}

# m_project: the folder that trust is given to: the main checkout of a worktree.
m_project() {
  if m_common=$(git rev-parse --git-common-dir 2>/dev/null); then
    (cd "$m_common/.." && pwd -P)
  else
    pwd -P
  fi
}

# m_trust FOLDER: writes down that it is trusted, as `trust: true` of hosts.yaml allows. The file
# belongs to all sessions that run here: it is changed under their own lock (a folder beside it,
# which is stale after ten seconds without a sign), whole, and nothing else in it.
m_trust() {
  m_folder=$(m_json_quoted "$1")
  m_lock=$m_file.lock
  m_tries=0
  until mkdir "$m_lock" 2>/dev/null; do
    m_tries=$((m_tries + 1))
    if [ "$m_tries" -ge 50 ]; then
      [ -n "$(find "$m_lock" -prune -mmin +1 2>/dev/null)" ] || return 1
      rmdir "$m_lock" 2>/dev/null
      mkdir "$m_lock" 2>/dev/null || return 1
      break
    fi
    sleep 0.1 2>/dev/null || sleep 1
  done
  m_trust_locked
  m_done=$?
  rmdir "$m_lock" 2>/dev/null
  return "$m_done"
}

m_trust_locked() {
  # What a link points to is replaced, not the link.
  m_real=$m_file
  if [ -L "$m_file" ]; then m_real=$(readlink -f "$m_file") || return 1; fi
  m_place=$(m_json_trust "$m_folder" <"$m_real") || return 1
  m_at=${m_place#* } m_skip=0
  m_put='"hasTrustDialogAccepted":true'
  case ${m_place% *} in
  true) return 0 ;;
  value) m_put=true m_skip=5 ;;
  only) ;;
  member) m_put="$m_put," ;;
  first) m_put="\"$m_folder\":{$m_put}" ;;
  folder) m_put="\"$m_folder\":{$m_put}," ;;
  projects) m_put="\"projects\":{\"$m_folder\":{$m_put}}," ;;
  *) return 1 ;;
  esac
  m_temp=$m_real.muster.$$
  {
    head -c "$m_at" "$m_real" && printf %s "$m_put" && tail -c "+$((m_at + m_skip + 1))" "$m_real"
  } >"$m_temp" && m_trust_holds && chmod "$(m_mode "$m_real")" "$m_temp" &&
    mv -f "$m_temp" "$m_real" && return 0
  rm -f "$m_temp"
  return 1
}

# The new file says what the old one said, and the trust.
m_trust_holds() {
  m_line="projects	$m_folder	hasTrustDialogAccepted	"
  [ "$(m_json_trust "$m_folder" <"$m_temp")" = "true 0" ] &&
    [ "$(m_json_leaves <"$m_temp" | grep -v -F -x "${m_line}true" | cksum)" = \
      "$(m_json_leaves <"$m_real" | grep -v -F -x "${m_line}false" | cksum)" ]
}

m_mode() {
  stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1" 2>/dev/null || echo 600
}

# m_gates: the questions that it will ask before it starts, in its order.
m_gates() {
  m_known=
  [ ! -r "$m_file" ] || m_known=$(m_json_leaves <"$m_file" | grep \
    -e '^hasCompletedOnboarding	true$' -e '^customApiKeyResponses	' \
    -e '^projects	.*	hasTrustDialogAccepted	true$')
  case "
$m_known
" in
  *"
hasCompletedOnboarding	true
"*) ;;
  *) printf 'onboarding ' ;;
  esac
  m_is_trusted || printf 'trust '
  if [ -n "${ANTHROPIC_API_KEY:-}" ]; then
    m_end=$ANTHROPIC_API_KEY
    while [ "${#m_end}" -gt 20 ]; do m_end=${m_end#?}; done
    # Whether it said yes or no then, it does not ask again.
    case $m_known in *"	\"$(m_json_quoted "$m_end")\""*) ;; *) printf 'key ' ;; esac
  elif [ -z "${ANTHROPIC_AUTH_TOKEN:-}${CLAUDE_CODE_OAUTH_TOKEN:-}${CLAUDE_CODE_USE_BEDROCK:-}" ] &&
    [ -z "${CLAUDE_CODE_USE_VERTEX:-}${CLAUDE_CODE_USE_FOUNDRY:-}" ] &&
    [ ! -s "$m_config/.credentials.json" ] && [ "$(uname)" != Darwin ] &&
    ! grep -q '"apiKeyHelper"' "$m_config/settings.json" 2>/dev/null; then
    printf 'login '
  fi
}

# Trust holds for what lies below a folder, too.
m_is_trusted() {
  for m_up in "$m_root" "$(pwd -P)"; do
    while [ -n "$m_up" ]; do
      case "
$m_known
" in
      *"
projects	$(m_json_quoted "$m_up")	hasTrustDialogAccepted	true
"*) return 0 ;;
      esac
      m_up=${m_up%/*}
    done
  done
  return 1
}

# m_anew COMMAND-LINE: sets m_resumed to the conversation that the agent is to go on with, or m_anew when
# nothing of it was ever written down: it then begins under the same id, with the first prompt unless one
# was taken.
m_anew() {
  m_anew='' m_resumed=''
  while [ "$#" -gt 1 ]; do
    if [ "$1" = --resume ]; then
      for m_f in "$m_config"/projects/*/"$2.jsonl"; do
        if [ -e "$m_f" ]; then m_resumed=$2; else m_anew=$2; fi
      done
      return
    fi
    shift
  done
}

# Read by run.sh: the agent's arguments, which do not hold the program's name there.
# shellcheck disable=SC2016
m_options() {
  printf '%s\n' 'set -- --settings "$R/settings.json" "$@"'
  [ -n "$m_anew" ] || return 0
  printf '%s\n' 'm_n=$#
while [ "$m_n" -gt 0 ]; do
  m_n=$((m_n - 1))
  if [ "$1" = --resume ]; then set -- "$@" --session-id; else set -- "$@" "$1"; fi
  shift
done'
  for m_f in "$D"/run.*/prompted; do [ ! -e "$m_f" ] || return 0; done
  # A space keeps the text from being taken for a command.
  printf '%s\n' 'case $m_prompt in
"") ;;
[!/!]*) set -- "$@" -- "$m_prompt" ;;
*) set -- "$@" -- " $m_prompt" ;;
esac'
}

m_version "$1"
m_own_status 2>/dev/null
m_root=$(m_project)
m_stand=$(m_gates 2>/dev/null)
case $m_stand in
*trust*)
  if [ "$TRUST" = yes ] && [ -s "$m_file" ] && m_trust "$m_root" 2>/dev/null; then
    m_stand=$(m_gates 2>/dev/null)
  fi
  ;;
esac
m_anew "$@"
{ m_settings >"$R/settings.json" && m_options >"$R/options"; } 2>/dev/null || rm -f "$R/options"
if [ -n "$m_stand" ]; then
  m_put "{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"claude\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"gate\",\"d\":{\"gates\":\"${m_stand% }\",\"folder\":\"$(m_json_quoted "$m_root")\"}}"
fi
# Apart from the terminal and from the agent, which would else be its parent and the one to end it.
m_apart=
if command -v setsid >/dev/null 2>&1; then
  m_apart=setsid
elif command -v perl >/dev/null 2>&1; then
  m_apart='perl -MPOSIX -e setsid();exec(@ARGV)'
fi
($m_apart /bin/sh "$LIB/registry.sh" "$R" "$$" "$m_config/sessions" "${m_stand:+gated}" "$m_resumed" \
  </dev/null >/dev/null 2>&1 &)
