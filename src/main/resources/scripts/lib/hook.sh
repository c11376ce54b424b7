#!/bin/sh
# The hook of an agent's events: writes down what it is given on standard input, as it stands. The
# agent waits for it, so that the order is the agent's own. Whatever goes wrong in here is none of the
# agent's business: nothing is printed, and it always ends well.
exec >/dev/null 2>&1
LC_ALL=C
export LC_ALL
R=${MUSTER_RUN_DIR:-} LIB=${MUSTER_LIB:-}
D=${R%/*}
S=${D%/sessions/*}
m_in=$(cat)
[ -n "$m_in" ] && [ -e "$LIB/journal.sh" ] && [ "$S" != "$D" ] || exit 0
# shellcheck source=src/main/resources/scripts/lib/journal.sh
. "$LIB/journal.sh"
m_head="{\"s\":\"${D##*/}\",\"k\":\"agent\",\"a\":\"${MUSTER_AGENT:-claude}\",\"run\":${R##*/run.},\"t\":$(m_now),\"src\":\"hook\",\"d\":"
# What can be long stands behind these, but for the name of the event in some.
case $m_in in
*'"hook_event_name":"SessionStart"'*) true >"$R/heard" ;;
*'"hook_event_name":"UserPromptSubmit"'*) true >"$R/prompted" && m_most=900000 ;;
esac
# A line break stands between tokens only: within a text, JSON has it as \n.
case $m_in in
*'
'*) m_in=$(printf %s "$m_in" | tr '\r\n' '  ') ;;
esac
if [ "${#m_in}" -le "${m_most:-65536}" ] && [ "${#m_in}" -le 100000 ]; then
  m_put "$m_head$m_in}"
  exit 0
fi
# A here-document, since not every shell can give so much to printf.
m_long() {
  cat <<M_END
$m_in
M_END
}
if [ "${#m_in}" -le "${m_most:-65536}" ]; then
  m_long | tr -d '\n' | m_put_more "$m_head"
else
  # shellcheck source=src/main/resources/scripts/lib/json.sh
  . "$LIB/json.sh"
  m_long | m_json_short | m_put_more "$m_head"
fi
exit 0
