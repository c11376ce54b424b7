package dev.muster.link;

import java.time.Duration;

/// Small pieces of sentences about links.
final class Texts {
    private static final int EXCERPT = 200;

    private Texts() {}

    /// The beginning of untrusted text on one line, control characters replaced.
    static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }

    /// `30 s`, `1.5 s`, `0.2 s`.
    static String seconds(Duration duration) {
        long tenths = (duration.toMillis() + 50) / 100;
        return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10.0 + " s";
    }

    /// The innermost message of an exception that says something.
    static String cause(Throwable thrown) {
        Throwable at = thrown;
        String said = "";
        while (at != null) {
            String message = at.getMessage();
            if (message != null && !message.isBlank()) {
                said = message;
            }
            at = at.getCause();
        }
        return excerpt(said.isEmpty() ? thrown.getClass().getSimpleName() : said);
    }
}
