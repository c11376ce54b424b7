# shellcheck shell=sh
# Reading JSON with what every host has. Sourced by the scripts beside it.
#
# A quote ends each of awk's records, so that text inside of strings and outside alternate, whatever
# is in them; what lies outside is short and is read character by character.

# m_json_leaves: of the document on standard input, a line for each value that is neither an object
# nor an array: the keys that lead to it (an array's are 0, 1, …) and the value, with tabs between.
# All as JSON has it: strings in their quotes, keys without.
m_json_leaves() {
  LC_ALL=C awk '
    BEGIN { RS = "\""; depth = 0; inside = 0; fresh = 0; text = "" }
    function leaf(value, i, line) {
      line = ""
      for (i = 1; i <= depth; i++) line = line key[i] "\t"
      gsub(/[\n\r]/, "", value)
      print line value
    }
    inside {
      text = text $0
      if (match($0, /\\+$/) && RLENGTH % 2) text = text "\""
      else { inside = 0; fresh = 1 }
      next
    }
    {
      rest = $0
      gsub(/[ \t\r\n]/, "", rest)
      if (fresh) {
        if (substr(rest, 1, 1) == ":") { key[depth] = text; rest = substr(rest, 2) }
        else leaf("\"" text "\"")
        fresh = 0
      }
      while (rest != "") {
        c = substr(rest, 1, 1)
        if (match(rest, /^[^][{},]+/)) {
          leaf(substr(rest, 1, RLENGTH)); rest = substr(rest, RLENGTH + 1); continue
        }
        if (c == "{" || c == "[") { depth++; array[depth] = (c == "["); key[depth] = array[depth] ? 0 : "" }
        else if (c == "}" || c == "]") { if (depth > 0) depth-- }
        else if (array[depth]) key[depth]++
        rest = substr(rest, 2)
      }
      inside = 1
      text = ""
    }'
}

# m_json_short: the object on standard input without what is long: its own plain values, and those of
# its member tool_input, each text at most 2000 bytes; "cut" says so.
m_json_short() {
  m_json_leaves | LC_ALL=C awk '
    BEGIN { FS = "\t"; printf "{\"cut\":true"; open = 0 }
    function short(value) {
      if (length(value) <= 2000) return value
      value = substr(value, 1, 2000)
      # Neither a character nor an escape may stay behind in part.
      while (substr(value, length(value)) >= "\200") value = substr(value, 1, length(value) - 1)
      sub(/\\u[0-9A-Fa-f]*$/, "", value)
      if (match(value, /\\+$/) && RLENGTH % 2) value = substr(value, 1, length(value) - 1)
      return value "\""
    }
    NF == 2 { member[++n] = "\"" $1 "\":" short($2) }
    NF == 3 && $1 == "tool_input" && inputs < 50 {
      input = input (inputs++ ? "," : "") "\"" $2 "\":" short($3)
    }
    END {
      for (i = 1; i <= n && i <= 100; i++) printf ",%s", member[i]
      if (inputs) printf ",\"tool_input\":{%s}", input
      printf "}"
    }'
}

# m_json_text: the text that the JSON string on standard input stands for, given with its quotes.
m_json_text() {
  LC_ALL=C awk '
    function utf8(n) {
      if (n < 128) return sprintf("%c", n)
      if (n < 2048) return sprintf("%c%c", 192 + int(n / 64), 128 + n % 64)
      if (n < 65536)
        return sprintf("%c%c%c", 224 + int(n / 4096), 128 + int(n / 64) % 64, 128 + n % 64)
      return sprintf("%c%c%c%c", 240 + int(n / 262144), 128 + int(n / 4096) % 64,
        128 + int(n / 64) % 64, 128 + n % 64)
    }
    function hex(digits, i, n) {
      n = 0
      for (i = 1; i <= 4; i++) n = n * 16 + index("0123456789abcdef", tolower(substr(digits, i, 1))) - 1
      return n
    }
    {
      rest = substr($0, 2, length($0) - 2)
      out = ""
      while (i = index(rest, "\\")) {
        out = out substr(rest, 1, i - 1)
        c = substr(rest, i + 1, 1)
        rest = substr(rest, i + 2)
        if (c == "u") {
          n = hex(rest)
          rest = substr(rest, 5)
          if (n >= 55296 && n < 56320 && substr(rest, 1, 2) == "\\u") {
            n = 65536 + (n - 55296) * 1024 + hex(substr(rest, 3)) - 56320
            rest = substr(rest, 7)
          }
          out = out utf8(n)
        } else if (c == "n") out = out "\n"
        else if (c == "t") out = out "\t"
        else if (c == "r") out = out "\r"
        else if (c == "b") out = out "\b"
        else if (c == "f") out = out "\f"
        else out = out c
      }
      printf "%s", out rest
    }'
}

# m_json_quoted TEXT: the text as the inside of a JSON string.
m_json_quoted() {
  case $1 in
  *[[:cntrl:]\"\\]*)
    # A mark at the end keeps newlines that stand there.
    printf '%s.' "$1" | LC_ALL=C awk '
      BEGIN { for (i = 1; i < 32; i++) code[sprintf("%c", i)] = sprintf("\\u%04x", i) }
      {
        if (NR > 1) printf "\\n"
        for (i = 1; i <= length($0); i++) {
          c = substr($0, i, 1)
          line = c == "\"" || c == "\\" ? "\\" c : c in code ? code[c] : c
          printf "%s", line
        }
      }' | sed 's/\.$//'
    ;;
  *) printf %s "$1" ;;
  esac
}

# m_json_trust PATH: where Claude Code's state on standard input would have to be changed so that it
# trusts the folder PATH (as the inside of a JSON string). One line: HOW OFFSET, the offset in bytes:
#   true            it is trusted already
#   value N         the five bytes after N are the value `false`
#   member N        to be put in after N as the first member of the folder, more follow
#   only N          the same, where the folder has no other members
#   folder N        the folder itself is to be put in after N, others follow
#   first N         the same, where there are no others
#   projects N      all of it is to be put in after N, other members follow
# Nothing, when it can't be told.
m_json_trust() {
  m_path=$1 LC_ALL=C awk '
    BEGIN {
      RS = "\""; depth = 0; inside = 0; fresh = 0; text = ""; at = 0; path = ENVIRON["m_path"]
      found = ""; folder = ""; projects = ""; top = ""
    }
    function inFolder() { return depth == 3 && key[1] == "projects" && key[2] == path }
    # The first thing in an object that was just opened: is it empty?
    function opened(empty) {
      if (pending == "folder") folder = (empty ? "only " : "member ") where
      if (pending == "projects") projects = (empty ? "first " : "folder ") where
      if (pending == "top" && !empty) top = "projects " where
      pending = ""
    }
    inside {
      text = text $0
      at += length($0) + 1
      if (match($0, /\\+$/) && RLENGTH % 2) text = text "\""
      else { inside = 0; fresh = 1 }
      next
    }
    {
      n = length($0)
      for (i = 1; i <= n; i++) {
        c = substr($0, i, 1)
        if (c == " " || c == "\t" || c == "\r" || c == "\n") continue
        if (fresh) {
          fresh = 0
          if (c == ":") { key[depth] = text; continue }
        }
        if (c == "{" || c == "[") {
          opened(0)
          depth++
          key[depth] = ""
          if (c == "{") {
            where = at + i
            if (depth == 1) pending = "top"
            else if (depth == 2 && key[1] == "projects") pending = "projects"
            else if (depth == 3 && key[1] == "projects" && key[2] == path) pending = "folder"
          }
        } else if (c == "}" || c == "]") {
          opened(1)
          depth--
          if (depth == 0) whole = 1
        } else if (c != "," && match(substr($0, i), /^[^][{}, \t\r\n]+/)) {
          word = substr($0, i, RLENGTH)
          if (inFolder() && key[3] == "hasTrustDialogAccepted") {
            if (word == "true") found = "true 0"
            else if (word == "false") found = "value " (at + i - 1)
            else found = "?"
          }
          i += RLENGTH - 1
        }
      }
      at += n + 1
      inside = 1
      text = ""
      if (pending != "") opened(0)
    }
    END {
      if (!whole || depth != 0) exit
      if (found == "?") exit
      answer = found != "" ? found : folder != "" ? folder : projects != "" ? projects : top
      if (answer != "") print answer
    }'
}
