package dev.muster.notify;

import dev.muster.host.Notices.Quiet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Optional;

/// One stretch of quiet hours. Days on which clocks are turned make it longer or shorter, as they
/// do the night.
///
/// @param from the first moment
/// @param to the first moment after
record QuietHours(Instant from, Instant to) {

    /// The quiet hours that a moment lies in, if it does.
    static Optional<QuietHours> around(Quiet quiet, Instant moment) {
        LocalDate day = moment.atZone(quiet.zone()).toLocalDate();
        for (LocalDate begin : new LocalDate[] {day, day.minusDays(1)}) {
            QuietHours hours = beginning(quiet, begin);
            if (!moment.isBefore(hours.from()) && moment.isBefore(hours.to())) {
                return Optional.of(hours);
            }
        }
        return Optional.empty();
    }

    private static QuietHours beginning(Quiet quiet, LocalDate day) {
        LocalDate end = quiet.to().isAfter(quiet.from()) ? day : day.plusDays(1);
        return new QuietHours(
                ZonedDateTime.of(day, quiet.from(), quiet.zone()).toInstant(),
                ZonedDateTime.of(end, quiet.to(), quiet.zone()).toInstant());
    }
}
