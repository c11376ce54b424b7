# Lines of Claude Code's stream-json protocol as a log for people. One line of JSON on standard input;
# what is no JSON is printed as it is. No control character gets through: the terminal acts on none.

# Reads the string that begins at position i of the line, behind its quote; moves i behind its end.
function string(  out, c, n) {
  out = ""
  while (i <= len) {
    n = match(substr(line, i), /["\\]/)
    if (!n) { out = out substr(line, i); i = len + 1; break }
    out = out substr(line, i, n - 1)
    i += n - 1
    c = substr(line, i, 1)
    i++
    if (c == "\"") break
    c = substr(line, i, 1)
    i++
    if (c == "n") out = out "\n"
    else if (c == "t") out = out "\t"
    else if (c == "u") { i += 4; out = out "?" }
    else if (index("\"\\/", c)) out = out c
  }
  return out
}

function show(mark, text, most,  rows, n, k) {
  gsub(/[\001-\010\013-\037\177]/, "?", text)
  n = split(text, rows, "\n")
  for (k = 1; k <= n && k <= most; k++) {
    print (k == 1 ? mark : "  ") (length(rows[k]) > 500 ? substr(rows[k], 1, 500) " ..." : rows[k])
  }
  if (n > most) print "  ... " (n - most) " more lines"
}

{
  line = $0
  len = length(line)
  if (substr(line, 1, 1) != "{") { show("", line, 50); next }
  # Flat: every string with the key before it, in order.
  count = 0
  key = ""
  i = 1
  while (i <= len) {
    n = match(substr(line, i), /"/)
    if (!n) break
    i += n
    text = string()
    if (substr(line, i, 1) == ":") { key = text; i++ }
    else { count++; keys[count] = key; texts[count] = text }
  }
  type = ""
  for (k = 1; k <= count; k++) {
    if (keys[k] == "type") { type = texts[k]; if (k == 1) first = type }
    else if (first == "user" && (keys[k] == "text" || keys[k] == "content")) { show("> ", texts[k], 20) }
    else if (first == "assistant" && keys[k] == "text" && type == "text") show("* ", texts[k], 200)
    else if (first == "assistant" && keys[k] == "name" && type == "tool_use") tool = texts[k]
    else if (tool != "" && keys[k] ~ /^(command|file_path|pattern|url|query|question|description|prompt)$/) {
      show("+ " tool ": ", texts[k], 10)
      tool = ""
    }
    else if (keys[k] == "result" && line ~ /"is_error":true/) show("! ", texts[k], 20)
  }
  if (tool != "") print "+ " tool
}
