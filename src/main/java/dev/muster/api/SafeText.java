package dev.muster.api;

import org.jspecify.annotations.Nullable;

/// The one place where text that came from a host becomes safe to show: on a terminal, or to an
/// agent.
///
/// What could move the cursor, change the terminal's state, reorder or hide other text is shown in
/// a visible form: `\e`, `\x07`, `<U+202E>`. That is every control, format, surrogate, unassigned
/// and line separator code point of Unicode, and those letters and marks that are drawn as nothing.
/// It is for eyes only: a backslash is not doubled, so there is no way back.
public final class SafeText {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_PRESENTATION = 0xFE0F;

    private SafeText() {}

    /// As one line: a newline shows as `\n`, a tab as `\t`. Null is empty.
    public static String line(@Nullable String text) {
        return escape(text == null ? "" : text, false);
    }

    /// As several lines: newlines and tabs stay as they are.
    public static String lines(String text) {
        return escape(text, true);
    }

    /// A JSON document, still JSON: outside of its strings nothing that is escaped here can stand.
    public static String json(String document) {
        StringBuilder out = null;
        for (int i = 0; i < document.length(); ) {
            int c = document.codePointAt(i);
            int next = i + Character.charCount(c);
            if (isLayout(c) || c == '\r' || isPlain(c)) {
                if (out != null) {
                    out.appendCodePoint(c);
                }
            } else {
                out = out == null ? new StringBuilder(document.substring(0, i)) : out;
                for (int unit = i; unit < next; unit++) {
                    out.append(String.format("\\u%04x", (int) document.charAt(unit)));
                }
            }
            i = next;
        }
        return out == null ? document : out.toString();
    }

    private static String escape(String text, boolean layout) {
        StringBuilder out = null;
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (isPlain(c) || layout && isLayout(c)) {
                if (out != null) {
                    out.appendCodePoint(c);
                }
            } else {
                out = out == null ? new StringBuilder(text.substring(0, i)) : out;
                int after = next < text.length() ? text.codePointAt(next) : 0;
                if (!joinsEmoji(before, c, after)) {
                    show(out, c);
                }
            }
            before = c;
            i = next;
        }
        return out == null ? text : out.toString();
    }

    /// The selector after an emoji and the joiner between two are left out: terminals disagree
    /// about the width of what they make, and without them every terminal draws the parts.
    private static boolean joinsEmoji(int before, int c, int after) {
        if (c == EMOJI_PRESENTATION) {
            return Character.isEmoji(before) && before > 0x7f;
        }
        return c == ZERO_WIDTH_JOINER
                && (before == EMOJI_PRESENTATION || Character.isExtendedPictographic(before))
                && Character.isExtendedPictographic(after);
    }

    private static void show(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case 0x1b -> out.append("\\e");
            default -> out.append(String.format(c < 0x100 ? "\\x%02x" : "<U+%04X>", c));
        }
    }

    private static boolean isLayout(int c) {
        return c == '\n' || c == '\t';
    }

    private static boolean isPlain(int c) {
        if (c < 0x7f) {
            return c >= 0x20;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> !isBlank(c);
        };
    }

    /// Default-ignorable code points that are neither control nor format: variation selectors, the
    /// grapheme joiner, fillers (Unicode's DerivedCoreProperties.txt).
    private static boolean isBlank(int c) {
        return c == 0x034F
                || c >= 0x115F && c <= 0x1160
                || c >= 0x17B4 && c <= 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c == 0x3164
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFFA0
                || c >= 0xE0100 && c <= 0xE01EF;
    }
}
