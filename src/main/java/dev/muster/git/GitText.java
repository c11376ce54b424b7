package dev.muster.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The two ways in which the scripts write names of any bytes into lines: git's own quoting
/// (`core.quotePath` in git-config(1)), and hex digits.
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
        return decode(bytes.toByteArray());
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

    /// @throws IllegalArgumentException when these are not hex digits
    static String unhex(String digits) {
        return decode(HexFormat.of().parseHex(digits));
    }

    /// The bytes as UTF-8; where they are something else, as Latin-1, so that every name stays
    /// a name of its own that a person can tell apart.
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
