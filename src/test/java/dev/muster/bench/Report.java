package dev.muster.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The table that `make bench` prints.
final class Report {
    private static final String FORM = "%-52s %4s %8s %8s %8s  %-18s %s%n";

    private final List<String> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// @param budget what the value under judgement may be at most, as text, or empty
    /// @param judged the value that the budget speaks of, or null
    /// @param limit the same budget as a number
    void row(
            String what,
            Samples s,
            String unit,
            String budget,
            @Nullable Double judged,
            double limit) {
        String verdict = judged == null ? "" : judged <= limit ? "met" : "MISSED";
        rows.add(
                String.format(
                        Locale.ROOT,
                        FORM,
                        what,
                        s.count(),
                        number(s.median(), unit),
                        number(s.p95(), unit),
                        number(s.least(), unit),
                        budget,
                        verdict));
    }

    /// A row that no budget speaks of.
    void row(String what, Samples samples, String unit) {
        row(what, samples, unit, "", null, 0);
    }

    void absent(String what, String why) {
        rows.add(String.format(Locale.ROOT, "%-52s %s%n", what, why));
    }

    void heading(String text) {
        rows.add(String.format(Locale.ROOT, "%n%s%n", text));
    }

    void note(String text) {
        notes.add(text);
    }

    private static String number(double value, String unit) {
        return switch (unit) {
            case "x" -> String.format(Locale.ROOT, "%.2f x", value);
            case "MB" -> String.format(Locale.ROOT, "%.0f MB", value);
            default -> String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\n");
        notes.forEach(note -> text.append(note).append('\n'));
        text.append('\n');
        text.append(
                String.format(Locale.ROOT, FORM, "", "n", "median", "p95", "least", "budget", ""));
        rows.forEach(text::append);
        return text.toString();
    }
}
