package dev.muster.fleet;

import dev.muster.session.Counters;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// What one event added to the use of a session.
///
/// @param day of the event, in the service's time zone
/// @param account see [Quota#account]
/// @param model what the agent said it used then; empty when it did not say
public record Spent(
        String session,
        LocalDate day,
        String host,
        String repo,
        String account,
        String model,
        Counters used) {

    static Optional<Spent> between(Session before, Session after, SessionEvent event, Clock clock) {
        Counters used = after.meter().total().minus(before.meter().total());
        if (used.equals(Counters.ZERO)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant at = event.at().isAfter(now) ? now : event.at();
        return Optional.of(
                new Spent(
                        after.id().value(),
                        LocalDate.ofInstant(at, clock.getZone()),
                        after.spec().host(),
                        after.spec().repo(),
                        Quota.account(after.spec()),
                        Optional.ofNullable(after.modelInUse()).orElse(""),
                        used));
    }
}
