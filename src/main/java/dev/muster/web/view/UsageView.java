package dev.muster.web.view;

import dev.muster.api.UsageReport;
import dev.muster.api.UsageReport.Row;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.UsageBy;
import dev.muster.fleet.UsageSum;
import dev.muster.session.Counters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sums of use, as a client asks for them and gets them.
public final class UsageView {
    private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");

    private UsageView() {}

    /// @param text a date, or a number of days up to `today`, which is one of them
    public static LocalDate since(String text, LocalDate today) throws Refused {
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            return today.minusDays(Long.parseLong(days.group(1)) - 1);
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refused.of(
                    Kind.USAGE,
                    "`" + text + "` is neither a day nor a number of days",
                    "write `" + today + "`, or `7d` for the last seven");
        }
    }

    public static UsageBy by(String text) throws Refused {
        List<String> words = Arrays.stream(UsageBy.values()).map(UsageView::word).toList();
        int found = words.indexOf(text);
        if (found < 0) {
            throw Refused.of(
                    Kind.USAGE,
                    "usage can't be told by `" + text + "`",
                    "write one of " + String.join(", ", words));
        }
        return UsageBy.values()[found];
    }

    public static UsageReport report(LocalDate since, UsageBy by, UsageSum.Table sums) {
        Comparator<Row> order =
                by == UsageBy.DAY
                        ? Comparator.comparing(Row::name)
                        : Comparator.comparingDouble(Row::costUsd)
                                .reversed()
                                .thenComparing(Row::name);
        return new UsageReport(
                since.toString(),
                word(by),
                sums.rows().stream().map(UsageView::row).sorted(order).toList(),
                row(sums.total()));
    }

    private static String word(UsageBy by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static Row row(UsageSum sum) {
        Counters used = sum.used();
        return new Row(
                sum.name(),
                sum.sessions(),
                used.costUsd(),
                used.inputTokens(),
                used.outputTokens(),
                used.linesAdded(),
                used.linesRemoved());
    }
}
