# shellcheck shell=sh disable=SC2154
# For title.sh: what Gemini CLI writes of a conversation, one record a line. A reply is written again, under
# the same id, whenever something is added to it; those from before this process began are of a conversation
# that is resumed, and were counted then. Resumed, it goes on in the file that it began in, though its hook
# names another, as the minute is in the name: $m_file and all that end in the same id are read.
# shellcheck source=src/main/resources/scripts/lib/json.sh
. "$LIB/json.sh"

m_before_in=0 m_before_out=0 m_in=0 m_out=0 m_model='' m_told='' m_conversation=''

# The conversation is another one (after /clear): what was used goes on from what was used in the one before.
m_other() {
  [ "${m_file##*-}" != "$m_conversation" ] || return 0
  m_conversation=${m_file##*-}
  m_before_in=$((m_before_in + m_in)) m_before_out=$((m_before_out + m_out)) m_in=0 m_out=0
}

m_all() {
  cat "$m_file" 2>/dev/null
  for m_part in "${m_file%/*}"/session-*"-$m_conversation"; do
    [ "$m_part" = "$m_file" ] || cat "$m_part" 2>/dev/null
  done
}
m_sizes() {
  m_all | wc -c
}

# m_sums: of the leaves on standard input: input, output, and the model of the newest reply.
m_sums() {
  LC_ALL=C awk -v since="\"$m_since" '
    BEGIN { FS = "\t" }
    NF == 2 && $1 == "id" { id = $2; if (!(id in place)) { place[id] = ++n; name[n] = id } }
    NF == 2 && $1 == "timestamp" { old[id] = ($2 "" < since) }
    NF == 2 && $1 == "model" { model[id] = $2 }
    NF == 3 && $1 == "tokens" && $3 ~ /^[0-9]+$/ && length($3) < 12 { used[id, $2] = $3; any[id] = 1 }
    END {
      for (i = 1; i <= n; i++) {
        id = name[i]
        if (!any[id] || old[id]) continue
        tokensIn += used[id, "input"] + used[id, "tool"]
        tokensOut += used[id, "output"] + used[id, "thoughts"]
        last = model[id]
        some = 1
      }
      if (some) printf "%.0f %.0f %s\n", tokensIn, tokensOut, last
    }'
}

m_used() {
  # It is read whole each time, some 10 MB in a second.
  [ "$m_size" -le 33554432 ] || return 0
  m_line=$(m_all | m_json_leaves 2>/dev/null | m_sums)
  [ -n "$m_line" ] || return 0
  IFS=' ' read -r m_in m_out m_model <<M_END
$m_line
M_END
  case $m_model in
  \"*\") ;;
  *) m_model=null ;;
  esac
  m_line="\"input\":$((m_before_in + m_in)),\"output\":$((m_before_out + m_out))"
  [ "$m_line" != "$m_told" ] || return 0
  m_told=$m_line
  [ "${#m_model}" -gt 300 ] || m_say used "{$m_line,\"model\":$m_model}"
}
