# shellcheck shell=sh disable=SC2154,SC2034
# Inside the login shell, where agents run: which programs its PATH finds, and how far the agents
# are from being ready. Every line of ours begins with `@`; others are the rc files'. Comes behind
# lib/json.sh.
#
# $MUSTER_AGENTS has a line for each agent: NAME TYPE COMMAND CONFIG-DIR KEY-END, the last three as
# %b text without blanks, `-` for none. KEY-END is the end of the API key that the agent is given.
# The agent's own first line of output follows its path, with its exit status in the last line.
m_agents=$MUSTER_AGENTS
unset MUSTER_ASK MUSTER_AGENTS
IFS= read -r m_line || m_line=
if { IFS=' ' read -r m_tick m_rest </proc/uptime; } 2>/dev/null; then
  m_tick=${m_tick%.*}${m_tick#*.}
else
  m_tick=$(date +%s)00
fi
printf '\n@begun %s\n' "$m_tick"
[ "$m_line" = muster ] || printf '@ate\n'
exec </dev/null 2>/dev/null
m_hexed() { head -c 1200 | od -An -v -tx1 | tr -d ' \n'; }
printf '@path %s\n' "$(printf %s "$PATH" | m_hexed)"
printf '@locale %s\n' "$(printf %s "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" | m_hexed)"
for m_tool in git tmux; do
  m_at=$(command -v "$m_tool") && printf '@%s %s\n' "$m_tool" "$(printf %s "$m_at" | m_hexed)"
done

# m_within SECONDS COMMAND…: 124 when it takes longer.
m_within() {
  m_s=$1
  shift
  if command -v timeout >/dev/null; then
    timeout -s KILL "$m_s" "$@"
    m_r=$?
  else
    "$@" &
    m_p=$!
    (sleep "$m_s" && kill -9 "$m_p") >/dev/null &
    m_d=$!
    wait "$m_p"
    m_r=$?
    kill "$m_d"
  fi
  [ "$m_r" -ne 137 ] || m_r=124
  return "$m_r"
}

# m_home TEXT: a leading ~/ is the home.
m_home() {
  # shellcheck disable=SC2088
  case $1 in
  '~/'*) printf '%s/%s' "$HOME" "${1#'~/'}" ;;
  *) printf %s "$1" ;;
  esac
}

# m_json FILE KEY-END: of Claude Code's state file, what has to do with its first questions.
m_json() {
  m_json_leaves <"$1" | m_end=$2 LC_ALL=C awk '
    BEGIN { FS = "\t"; end = ENVIRON["m_end"] }
    NF == 2 && $1 == "hasCompletedOnboarding" && $2 ~ /^[a-z]+$/ { print "onboarding " $2 }
    NF == 4 && $1 == "projects" && $3 == "hasTrustDialogAccepted" && $4 ~ /^[a-z]+$/ {
      print "trust " $4 " " $2
    }
    NF == 4 && $1 == "customApiKeyResponses" && $2 == "approved" && end != "-" &&
      $4 == "\"" end "\"" { print "key approved" }'
}

# m_claude NAME CONFIG-DIR KEY-END
m_claude() {
  m_dir=$2
  [ "$m_dir" != - ] || m_dir=${CLAUDE_CONFIG_DIR:--}
  if [ "$m_dir" = - ]; then
    m_dir=$HOME/.claude m_file=$HOME/.claude.json
  else
    m_file=$m_dir/.claude.json
  fi
  m_key=$3
  if [ "$m_key" = - ] && [ -n "${ANTHROPIC_API_KEY:-}" ]; then
    m_key=$ANTHROPIC_API_KEY
    while [ "${#m_key}" -gt 20 ]; do m_key=${m_key#?}; done
  fi
  m_signed=no
  if [ "$m_key" != - ]; then
    m_signed=key
  elif [ -n "${ANTHROPIC_AUTH_TOKEN:-}${CLAUDE_CODE_OAUTH_TOKEN:-}" ]; then
    m_signed=token
  elif [ -n "${CLAUDE_CODE_USE_BEDROCK:-}${CLAUDE_CODE_USE_VERTEX:-}" ]; then
    m_signed=cloud
  elif [ -s "$m_dir/.credentials.json" ]; then
    m_signed=login
  fi
  printf '@claude %s file %s\n' "$1" "$(printf %s "$m_file" | m_hexed)"
  printf '@claude %s signed %s\n' "$1" "$m_signed"
  if [ ! -e "$m_file" ]; then
    printf '@claude %s none\n' "$1"
  elif [ ! -r "$m_file" ]; then
    printf '@claude %s unreadable\n' "$1"
  else
    m_json "$m_file" "$m_key" | sed "s/^/@claude $1 /"
    printf '@claude %s read\n' "$1"
  fi
}

printf '%s\n' "$m_agents" | {
  while IFS=' ' read -r m_name m_type m_command m_config m_end; do
    [ -n "$m_end" ] || continue
    m_command=$(m_home "$(printf %b "$m_command")")
    m_config=$(m_home "$(printf %b "$m_config")")
    (
      case $m_command in
      /*) if [ -x "$m_command" ] && [ ! -d "$m_command" ]; then m_at=$m_command; else m_at=; fi ;;
      */*) m_at=- ;; # looked for in the worktree
      *) m_at=$(command -v "$m_command") || m_at= ;;
      esac
      m_said=
      # A program that nothing is known of may do anything when run.
      case $m_type.$m_at in
      command.* | *.- | *.) ;;
      *)
        [ "$m_config" = - ] || { CLAUDE_CONFIG_DIR=$m_config && export CLAUDE_CONFIG_DIR; }
        DISABLE_AUTOUPDATER=1 CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1
        export DISABLE_AUTOUPDATER CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC
        m_said=$({
          m_within 6 "$m_at" --version 2>&1
          printf '\n%s' "$?"
        } | head -c 1000)
        ;;
      esac
      printf '@agent %s %s %s\n' "$m_name" "$(printf '%s' "${m_at:-none}" | m_hexed)" \
        "$(printf %s "$m_said" | m_hexed)"
      [ "$m_type" != claude ] || m_claude "$m_name" "$m_config" "$(printf %b "$m_end")"
    ) &
  done
  wait
}
printf '@done\n'
