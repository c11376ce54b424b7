package dev.muster.notify;

import dev.muster.fleet.Warning;
import dev.muster.host.Notices.Event;
import dev.muster.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What there is to tell of what runs out. Pure.
final class LimitNotices {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm z", Locale.ROOT);

    private LimitNotices() {}

    static Notice context(Warning.Context warning, Notice.Subject about) {
        return new Notice(
                contextName(warning.session()),
                List.of(),
                Event.LIMIT,
                warning.session().asOf(),
                true,
                Duration.ZERO,
                null,
                SessionNotices.who(warning.session().spec())
                        + " has used "
                        + Math.round(warning.usedPercent())
                        + " % of its context",
                "",
                about);
    }

    static Notice window(Warning.Window warning, Instant asOf, ZoneId zone) {
        String window = "quota:" + warning.account() + ":" + warning.span().word() + ":";
        return new Notice(
                window + warning.threshold(),
                Warning.WINDOW_PERCENT.stream()
                        .filter(lesser -> lesser < warning.threshold())
                        .map(lesser -> window + lesser)
                        .toList(),
                Event.LIMIT,
                asOf,
                true,
                Duration.ZERO,
                warning.passes(),
                "Account "
                        + Clean.line(warning.account())
                        + " has used "
                        + Math.round(warning.usedPercent())
                        + " % of its "
                        + warning.span().word()
                        + " window",
                "begins anew " + clock(warning.passes(), zone),
                new Notice.Subject(null, null, Map.of()));
    }

    static String contextName(Session session) {
        return "context:" + session.id().value();
    }

    static String clock(Instant moment, ZoneId zone) {
        return CLOCK.format(moment.atZone(zone));
    }
}
