package dev.muster.git;

import dev.muster.shell.HexText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Names of any bytes as git writes them into lines: `core.quotePath` in git-config(1).
final class GitText {
    private GitText() {}

    /// A name as git prints it in a line: bare, or in double quotes with C escapes.
    ///
    /// @throws IllegalArgumentException when it is not such a name
    static String unquote(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        if (text.length() < 2 || !text.endsWith("\"")) {
            throw new IllegalArgumentException("not quoted to its end: " + text);
        }
        var bytes = new ByteArrayOutputStream(text.length());
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            i++;
            char escaped = i < end ? text.charAt(i) : ' ';
            if (escaped >= '0' && escaped <= '3' && i + 2 < end) {
                bytes.write(Integer.parseInt(text.substring(i, i + 3), 8));
                i += 2;
            } else {
                bytes.write(escape(escaped, text));
            }
        }
        return HexText.decode(bytes.toByteArray());
    }

    private static int escape(char c, String text) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 11;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '"' -> '"';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("no escape of git's: " + text);
        };
    }
}
