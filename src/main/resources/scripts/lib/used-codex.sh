# shellcheck shell=sh disable=SC2154
# For title.sh: what Codex writes of a conversation in $m_file, one record a line: what it used, and why a
# turn failed. Its counters go on when a conversation is resumed: `base` is how they stood when this
# process began.

m_base='' m_told=''

# The file is another one.
m_other() {
  m_base=$(grep '"payload":{"type":"token_count"' "$m_file" 2>/dev/null | LC_ALL=C awk -v since="$m_since" '
    match($0, /"timestamp":"[^"]*"/) && substr($0, RSTART + 13, 19) < since && length($0) < 16384 { last = $0 }
    END { print last }')
  case $m_base in
  "{"*"}") ;;
  *) m_base= ;;
  esac
}

m_used() {
  m_tail=$(tail -c 131072 "$m_file" 2>/dev/null |
    grep -e '"type":"event_msg","payload":{"type":"token_count"' \
      -e '"type":"event_msg","payload":{"type":"task_complete"' |
    # A turn that failed before this process began is not its own.
    LC_ALL=C awk -v since="$m_since" '
      /"payload":[{]"type":"task_complete"/ && match($0, /"timestamp":"[^"]*"/) &&
        substr($0, RSTART + 13, 19) < since { next }
      { print }')
  m_telling=
  for m_kind in token_count task_complete; do
    m_line=$(printf '%s\n' "$m_tail" | grep "\"payload\":{\"type\":\"$m_kind\"" | tail -n 1)
    case $m_kind$m_line in
    token_count?* | task_complete*'"error":{'*) ;;
    *) continue ;;
    esac
    # What was cut at the beginning of the tail is no record.
    case $m_line in
    "{"*"}") ;;
    *) continue ;;
    esac
    m_telling=$m_telling$m_line
    case $m_told in
    *"$m_line"*) ;;
    *) [ "${#m_line}" -gt 16384 ] || m_say transcript "$m_line${m_base:+,\"base\":$m_base}" ;;
    esac
  done
  m_told=$m_telling
}
