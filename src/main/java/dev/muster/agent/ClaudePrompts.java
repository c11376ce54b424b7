package dev.muster.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Claude Code makes of a text that is typed into it, as seen with 2.1.329: it takes blanks
/// and invisible characters away before it looks for a command, makes four spaces of a tab, and
/// wraps what has several lines in a tag of its own.
final class ClaudePrompts {
    private static final Pattern PASTED =
            Pattern.compile(
                    "\\s*<pasted_content id=\"([^\"]*)\">\\n(.*)\\n</pasted_content id=\"\\1\">\\s*",
                    Pattern.DOTALL);
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    private ClaudePrompts() {}

    /// What has to stand before a text so that it is read as text; mostly nothing. A leading `!`
    /// runs as a shell command without any permission check: a space guards it. A leading `/` is a
    /// command of the agent's own, also behind blanks.
    static String guard(String text) {
        if (text.startsWith("!")) {
            return " ";
        }
        return text.codePoints().dropWhile(ClaudePrompts::isBlank).limit(1).anyMatch(c -> c == '/')
                ? "\\"
                : "";
    }

    /// The text alone: the same for what was typed and for what the agent says it took.
    static String plain(String prompt) {
        Matcher pasted = PASTED.matcher(prompt);
        String text = pasted.matches() ? pasted.group(2) : prompt;
        return INVISIBLE.matcher(text.replace("\t", "    ")).replaceAll("").strip();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
