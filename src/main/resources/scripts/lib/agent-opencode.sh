# shellcheck shell=sh disable=SC2154
# Before OpenCode starts: run.sh sources this in a subshell, with the session's environment. Leaves behind
# run.N/options, by which it loads the plugin opencode.mjs for this run, besides the user's own, and the
# sidecar title.sh. Nothing in here keeps the agent from starting.
{
  printf '%s\n' 'export MUSTER_AGENT=opencode'
  # A configuration that the user gives this way would be lost by ours.
  if [ -z "${OPENCODE_CONFIG_CONTENT:-}" ]; then
    # shellcheck disable=SC2016
    printf '%s\n' 'OPENCODE_CONFIG_CONTENT=$(cat "$R/opencode.json")' 'export OPENCODE_CONFIG_CONTENT'
  fi
} >"$R/options"
# shellcheck source=src/main/resources/scripts/lib/json.sh
. "$LIB/json.sh"
# A URL: what has a meaning of its own there is written as %XX.
m_url=$(printf %s "$LIB/opencode.mjs" | sed -e 's/%/%25/g' -e 's/ /%20/g' -e 's/#/%23/g' -e 's/?/%3F/g')
printf '{"plugin":["file://%s"]}\n' "$(m_json_quoted "$m_url")" >"$R/opencode.json"
# shellcheck source=src/main/resources/scripts/lib/apart.sh
. "$LIB/apart.sh"
m_apart "$LIB/title.sh" opencode "$R" "$$"
