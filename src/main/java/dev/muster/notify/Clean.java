package dev.muster.notify;

import org.jspecify.annotations.Nullable;

/// Texts from hosts, made fit for one line of a notice.
final class Clean {
    private static final int LONGEST = 300;

    private Clean() {}

    /// Without control characters and those that turn the direction of writing, cut to a length.
    static String line(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < LONGEST; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isText(c)) {
                line.appendCodePoint(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        String clean = line.toString().strip();
        return line.length() < LONGEST ? clean : clean + "…";
    }

    private static boolean isText(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
