package dev.muster.shell;

import java.util.List;
import java.util.stream.Collectors;

/// Quotes text as single words for a POSIX shell (not for csh or fish, whose rules differ).
public final class PosixQuote {
    private PosixQuote() {}

    /// One word that the shell reads back as exactly `text`.
    ///
    /// @throws IllegalArgumentException when it holds a NUL, which no argument can carry
    public static String word(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a shell word cannot hold a NUL character");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /// The words with a blank between them; nothing for no words.
    public static String words(List<String> texts) {
        return texts.stream().map(PosixQuote::word).collect(Collectors.joining(" "));
    }
}
