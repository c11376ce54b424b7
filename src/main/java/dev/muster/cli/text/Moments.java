package dev.muster.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment of the next or the last days, as briefly as it can be told: `17:00`, `Tue 17:00`,
/// `Nov 24`.
public final class Moments {
    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter DAY = formatter("EEE HH:mm");
    private static final DateTimeFormatter DATE = formatter("MMM d");

    private Moments() {}

    /// In the time zone of this machine.
    public static String of(Instant moment, Instant now) {
        return of(moment, now, ZoneId.systemDefault());
    }

    static String of(Instant moment, Instant now, ZoneId zone) {
        ZonedDateTime then = moment.atZone(zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (then.toLocalDate().equals(today)) {
            return TIME.format(then);
        }
        boolean near = Duration.between(now, moment).abs().compareTo(Duration.ofDays(6)) < 0;
        return (near ? DAY : DATE).format(then);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }
}
