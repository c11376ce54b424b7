package dev.muster.cli.text;

import dev.muster.api.SafeText;
import org.jspecify.annotations.Nullable;

/// What came from a host, safe to print on a terminal: see {@link SafeText}.
public final class Escape {
    private Escape() {}

    /// As one line: a newline shows as `\n`, a tab as `\t`. Null is empty.
    public static String line(@Nullable String text) {
        return SafeText.line(text);
    }

    /// As several lines: newlines and tabs stay as they are.
    public static String lines(String text) {
        return SafeText.lines(text);
    }

    /// A JSON document, still JSON: outside of its strings nothing that is escaped here can stand.
    public static String json(String document) {
        return SafeText.json(document);
    }
}
