# shellcheck shell=sh disable=SC2154
# For title.sh: what Codex writes of a conversation in $m_file, one record a line: what it used, and why a
# turn failed. A subagent's stands in a file of its own, which names the conversation that it serves.
#
# The counters in there are those of the file: they go on when its conversation is resumed, and a fork's
# begin at what the other stood at. So it is their growth that counts, from record to record, and only in
# records of this run. run.N/used holds for each file up to where it was read, how its counters stood
# there, and what they grew by; `ours` names the files, `others` those of other sessions.
# shellcheck source=src/main/resources/scripts/lib/json.sh
. "$LIB/json.sh"

m_told='' m_sums='' m_looks=0 m_day=$(date +%Y/%m/%d)
mkdir -p "$R/used" && : >>"$R/used/ours" && : >>"$R/used/others"

# The file is another one; some whose conversation was not known may serve it.
m_other() {
  m_our "$m_file"
  : >"$R/used/others"
}

m_our() {
  grep -q -x -F -e "$1" "$R/used/ours" || printf '%s\n' "$1" >>"$R/used/ours"
}

# Takes up what subagents have begun since, seldom: it asks the day's files whom they serve, and those of
# the day of the look before.
m_helpers() {
  m_looks=$((m_looks + 1))
  [ $((m_looks % 5)) = 1 ] || [ -n "${1:-}" ] || return 0
  case $m_file in
  */[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]/*.jsonl) ;;
  *) return 0 ;;
  esac
  m_days=${m_file%/*/*/*/*} m_before_day=$m_day m_day=$(date +%Y/%m/%d)
  [ "$m_before_day" != "$m_day" ] || m_before_day=none
  for m_helper in "$m_days/$m_before_day"/*.jsonl "$m_days/$m_day"/*.jsonl; do
    [ -s "$m_helper" ] || continue
    ! grep -q -x -F -e "$m_helper" "$R/used/ours" "$R/used/others" || continue
    # Its first line may not be whole yet.
    [ $(($(head -n 1 "$m_helper" 2>/dev/null | wc -l))) = 1 ] || continue
    m_serves=$(head -n 1 "$m_helper" | m_json_leaves | LC_ALL=C awk '
      BEGIN { FS = "\t" }
      NF == 3 && $1 == "payload" && $2 == "session_id" && $3 ~ /^"[0-9A-Za-z-]+"$/ { print substr($3, 2, length($3) - 2) }')
    if [ -n "$m_serves" ] && grep -q -F -e "-$m_serves.jsonl" "$R/used/ours"; then
      m_our "$m_helper"
    else
      printf '%s\n' "$m_helper" >>"$R/used/others"
    fi
  done
}

# m_sizes: what changes when there is something to read.
m_sizes() {
  while IFS= read -r m_our_file; do
    wc -c <"$m_our_file"
  done <"$R/used/ours" 2>/dev/null
}

# m_grow FILE: reads on in it; whole lines only.
m_grow() {
  m_state=$R/used/${1##*/}
  m_from=0 m_known='- -' m_grown='0 0'
  { IFS=' ' read -r m_from m_a m_b m_c m_d <"$m_state" && m_known="$m_a $m_b" m_grown="$m_c $m_d"; } 2>/dev/null
  m_size=$(wc -c <"$1" 2>/dev/null | tr -d ' ')
  [ "${m_size:-0}" -gt "$m_from" ] || return 0
  {
    tail -c "+$((m_from + 1))" "$1"
    # Ends the last line that is whole, and is not counted itself.
    printf x
  } | LC_ALL=C awk -v from="$m_from" -v at="$m_state.at" '
    NR > 1 {
      from += length(line) + 1
      if (line ~ /"payload":[{]"type":"token_count"/ && length(line) < 16384) print line
    }
    { line = $0 }
    END { printf "%.0f\n", from >at }' | m_json_leaves | LC_ALL=C awk -v since="\"$m_since" -v known="$m_known" -v grown="$m_grown" '
    BEGIN { FS = "\t"; split(known, before, " "); split(grown, sum, " ") }
    function done(i, more) {
      for (i = 1; i <= 2 && has[i]; i++) {
        more = before[i] == "-" || total[i] < before[i] ? last[i] : total[i] - before[i]
        if (when "" >= since) sum[i] += more
        before[i] = total[i]
      }
      has[1] = has[2] = last[1] = last[2] = 0
    }
    NF == 2 && $1 == "timestamp" { done(); when = $2 }
    NF == 5 && $1 == "payload" && $2 == "info" && $5 ~ /^[0-9]+$/ && length($5) < 14 {
      i = $4 == "input_tokens" ? 1 : $4 == "output_tokens" ? 2 : 0
      if (i && $3 == "total_token_usage") { total[i] = $5; has[i] = 1 }
      if (i && $3 == "last_token_usage") last[i] = $5
    }
    END { done(); printf "%s %s %.0f %.0f\n", before[1], before[2], sum[1], sum[2] }' >"$m_state.to"
  { read -r m_from <"$m_state.at" && IFS= read -r m_known <"$m_state.to"; } 2>/dev/null || return 0
  printf '%s %s\n' "$m_from" "$m_known" >"$m_state"
}

m_used() {
  while IFS= read -r m_our_file; do
    m_grow "$m_our_file"
  done <"$R/used/ours"
  m_sums=$(cat "$R/used"/*.jsonl 2>/dev/null | LC_ALL=C awk '
    { sent += $4; got += $5 }
    END { printf "{\"input\":%.0f,\"output\":%.0f}", sent, got }')
  m_tail=$(tail -c 131072 "$m_file" 2>/dev/null |
    grep -e '"type":"event_msg","payload":{"type":"token_count"' \
      -e '"type":"event_msg","payload":{"type":"task_complete"' |
    # A turn that failed before this process began is not its own.
    LC_ALL=C awk -v since="$m_since" '
      /"payload":[{]"type":"task_complete"/ && match($0, /"timestamp":"[^"]*"/) &&
        substr($0, RSTART + 13, RLENGTH - 14) < since { next }
      { print }')
  m_telling=
  for m_kind in token_count task_complete; do
    m_line=$(printf '%s\n' "$m_tail" | grep "\"payload\":{\"type\":\"$m_kind\"" | tail -n 1)
    case $m_kind$m_line in
    token_count?*) m_says=$m_line,\"used\":$m_sums ;;
    task_complete*'"error":{'*)
      # While it works, one that failed is of the turn before.
      [ "$m_last" = idle ] || continue
      m_says=$m_line
      ;;
    *) continue ;;
    esac
    # What was cut at the beginning of the tail is no record.
    case $m_line in
    "{"*"}") ;;
    *) continue ;;
    esac
    m_telling=$m_telling$m_says
    case $m_told in
    *"$m_says"*) ;;
    *) [ "${#m_line}" -gt 16384 ] || m_say transcript "$m_says" ;;
    esac
  done
  m_told=$m_telling
}
