package dev.muster.cli.text;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Measures and cuts text by the columns that a terminal gives it: two for a wide character, none
/// for a combining mark. For text that is escaped already ({@link Escape}).
public final class Columns {
    private static final String ELLIPSIS = "…";

    private Columns() {}

    /// How many columns a text takes.
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    /// The text, or its beginning and an ellipsis, in at most `columns`.
    public static String fit(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        return columns < 1 ? "" : text.substring(0, prefix(text, columns - 1)) + ELLIPSIS;
    }

    /// The text, or an ellipsis and its end, in at most `columns`: for branches and paths, whose
    /// end says most.
    public static String fitEnd(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        if (columns < 1) {
            return "";
        }
        int start = text.length();
        int room = columns - 1;
        // A mark is met before its base: where the base has no room, its marks go with it.
        int mark = start;
        while (start > 0) {
            int c = text.codePointBefore(mark);
            room -= width(c);
            if (room < 0) {
                break;
            }
            mark -= Character.charCount(c);
            start = width(c) > 0 ? mark : start;
            if (mark == 0) {
                start = 0;
            }
        }
        return ELLIPSIS + text.substring(start);
    }

    /// The text in lines of at most `columns`, broken between words where it has any.
    ///
    /// @param indent how many spaces all lines but the first begin with
    public static List<String> wrap(String text, int columns, int indent) {
        List<String> lines = new ArrayList<>();
        String lead = " ".repeat(Math.clamp(indent, 0, Math.max(0, columns / 2)));
        String line = withoutBlanksBehind(text);
        int first = blanks(line);
        while (width(line) > columns) {
            int end = prefix(line, columns);
            int space = line.lastIndexOf(' ', end);
            int at = space > first ? space : Math.max(end, line.offsetByCodePoints(first, 1));
            lines.add(withoutBlanksBehind(line.substring(0, at)));
            String rest = line.substring(at);
            line = lead + rest.substring(blanks(rest));
            first = lead.length();
        }
        if (lines.isEmpty() || line.length() > first) {
            lines.add(line);
        }
        return lines;
    }

    private static int blanks(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(count) == ' ') {
            count++;
        }
        return count;
    }

    private static String withoutBlanksBehind(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /// The text and as many spaces as make it `columns` wide.
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /// Spaces first, for numbers.
    public static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    private static int prefix(String text, int columns) {
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            used += width(c);
            if (used > columns) {
                return i;
            }
            i += Character.charCount(c);
        }
        return text.length();
    }

    private static int width(int c) {
        if (c >= 0x20 && c < 0x7f) {
            return 1;
        }
        return Math.max(0, WCWidth.wcwidth(c));
    }
}
