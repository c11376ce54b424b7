# shellcheck shell=sh disable=SC2034,SC2154
# What Claude Code has used, to the token: its status line has the newest reply's only. Sourced where json.sh
# is; R is the run's folder, m_projects where the transcripts are.
#
# Each reply stands in the transcript with what it was billed, once for each of its blocks, a subagent's
# in a file beside it. What is asked besides (to compact, say) stands nowhere, but is in the sums
# ("cost-state") that newer versions add where a conversation is left: those take the place of what was
# added up since the last. They go on with the conversation, so what they were before this run is taken off.
#
# run.N/tokens holds `since`, the moment from which replies are this run's; `facts`, one line for each
# reply and sum that was read, oldest first; and for each transcript up to where it was read.

m_tokens_begin() {
  m_of_run=$(date -u +%Y-%m-%dT%H:%M:%S.%3N)
  # Not every date knows milliseconds.
  case ${m_of_run#*.} in
  *[!0-9]*) m_of_run=${m_of_run%%.*} ;;
  esac
  mkdir -p "$R/tokens" && printf '%s\n' "$m_of_run" >"$R/tokens/since"
}

# m_tokens_lines FILE NAME: the lines of FILE that count and were not read before, whole ones only. Replies
# from before this run are none of it; a sum is told as one from before when nothing of this run precedes it.
m_tokens_lines() {
  m_from=0 m_fresh=0
  { read -r m_from m_fresh <"$R/tokens/$2"; } 2>/dev/null
  m_size=$(wc -c <"$1" 2>/dev/null | tr -d ' ')
  [ "${m_size:-0}" -gt "$m_from" ] || return 0
  {
    tail -c "+$((m_from + 1))" "$1"
    # Ends the last line that is whole, and is not counted itself.
    printf x
  } | awk -v since="$m_of_run" -v from="$m_from" -v fresh="$m_fresh" -v at="$R/tokens/$2" '
    # The last one of a line is its own: what is within a message comes before.
    function when(line, t) {
      t = ""
      while (match(line, /"timestamp":"[0-9TZ:.-]*"/)) {
        t = substr(line, RSTART + 13, RLENGTH - 14)
        line = substr(line, RSTART + RLENGTH)
      }
      return t
    }
    function take(line, t) {
      from += length(line) + 1
      if (line ~ /^[{]"type":"cost-state"/) { print "{\"fresh\":" fresh "}" line; return }
      t = when(line)
      if (t < since) return
      fresh = 1
      if (line ~ /"type":"assistant"/) print line
    }
    NR > 1 { take(line) }
    { line = $0 }
    END { printf "%.0f %d\n", from, fresh >at }'
}

# m_tokens_facts CONVERSATION: of such lines a line for each reply and sum:
# conversation, reply|sum|before, the reply's id, tokens sent (cached ones too), tokens got, cost.
m_tokens_facts() {
  m_json_leaves | awk -v conversation="$1" '
    BEGIN { FS = "\t" }
    function done() {
      if (kind != "") printf "%s %s %s %.0f %.0f %s\n", conversation, kind, id, sent, got, cost
      kind = ""
    }
    function begin(as, name) { done(); kind = as; id = name; sent = got = 0; cost = "0" }
    $NF !~ /^[0-9.eE+-]+$/ && NF != 3 { next }
    NF == 2 && $1 == "fresh" { begin($2 ? "sum" : "before", "-") }
    NF == 3 && $1 == "message" && $2 == "id" && $3 ~ /^"[A-Za-z0-9_-]+"$/ { begin("reply", $3) }
    kind == "reply" && NF == 4 && $1 == "message" && $2 == "usage" {
      if ($3 ~ /^(input|cache_creation_input|cache_read_input)_tokens$/) sent += $4
      if ($3 == "output_tokens") got = $4
    }
    kind != "reply" && NF == 4 && $1 == "modelUsage" {
      if ($3 ~ /^(inputTokens|cacheReadInputTokens|cacheCreationInputTokens)$/) sent += $4
      if ($3 == "outputTokens") got += $4
    }
    kind != "reply" && NF == 2 && $1 == "totalCostUSD" { cost = $2 }
    END { done() }'
}

# m_tokens_read CONVERSATION: takes up what has been added to its transcripts. The conversation's own is
# read first and written down last: what its sums hold of subagents is then there before them.
m_tokens_read() {
  IFS= read -r m_of_run <"$R/tokens/since" || return 0
  for m_own in "$m_projects"/*/"$1.jsonl"; do
    [ -e "$m_own" ] || continue
    m_tokens_lines "$m_own" "$1" | m_tokens_facts "$1" >"$R/tokens/own"
    m_folder_of=${m_own%.jsonl}/subagents
    if [ -d "$m_folder_of" ]; then
      # Those that have changed since the look before the last, and what changes from now on in the next:
      # the clock of files goes by milliseconds, and what is as old as a look may have come after it.
      true >"$R/tokens/now"
      [ -e "$R/tokens/looked.$1" ] || touch -t 197001020000 "$R/tokens/looked.$1" "$R/tokens/last.$1"
      find "$m_folder_of" -name '*.jsonl' -newer "$R/tokens/looked.$1" | while IFS= read -r m_other; do
        m_tokens_lines "$m_other" "$1.${m_other##*/}" | m_tokens_facts "$1"
      done >>"$R/tokens/facts"
      mv -f "$R/tokens/last.$1" "$R/tokens/looked.$1"
      mv -f "$R/tokens/now" "$R/tokens/last.$1"
    fi
    cat "$R/tokens/own" >>"$R/tokens/facts"
  done
}

# m_tokens_sum: what this run has used by all that was read; it never falls.
m_tokens_sum() {
  [ -e "$R/tokens/facts" ] || return 0
  awk '
    function most() {
      if (all[1] > sent) sent = all[1]
      if (all[2] > got) got = all[2]
    }
    {
      for (i = 1; i <= 2; i++) {
        n = $(3 + i)
        if ($2 == "before") sums[$1, i] = n
        # The same reply again, for its next block, or in a copy of the conversation.
        if ($2 == "reply" && n > reply[$3, i]) {
          all[i] += n - reply[$3, i]
          since[$1, i] += n - reply[$3, i]
          reply[$3, i] = n
        }
        if ($2 == "sum") {
          all[i] += (n >= sums[$1, i] ? n - sums[$1, i] : n) - since[$1, i]
          since[$1, i] = 0
          sums[$1, i] = n
        }
      }
      most()
    }
    END { printf "{\"input\":%.0f,\"output\":%.0f}\n", sent, got }' "$R/tokens/facts"
}

# m_tokens_before CONVERSATION: what its counters will stand at when it is resumed; nothing where they
# begin anew.
m_tokens_before() {
  [ -e "$R/tokens/facts" ] || return 0
  awk -v conversation="$1" '
    $1 == conversation && $2 == "before" { sent = $4; got = $5; cost = $6 }
    END { if (cost + 0 > 0) printf "{\"cost\":%s,\"input\":%.0f,\"output\":%.0f}\n", cost, sent, got }' \
    "$R/tokens/facts"
}
