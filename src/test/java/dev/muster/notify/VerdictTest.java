package dev.muster.notify;

import static dev.muster.notify.Things.ALL;
import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.notice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.Notices.Event;
import dev.muster.host.Notices.Quiet;
import dev.muster.host.Notices.Target;
import dev.muster.host.Notices.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Target EVERYONE = Things.target("ops", ALL);
    private static final Quiet NIGHT =
            new Quiet(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));

    private static Verdict verdict(
            Target target, Map<String, Mark> marks, Instant now, Notice... n) {
        Map<String, Instant> seen = new HashMap<>();
        for (Notice notice : n) {
            seen.put(notice.name(), NOON.minus(Duration.ofDays(1)));
        }
        return Verdict.of(target, new Sight(List.of(n), Set.of()), marks, seen, now);
    }

    private static Notice happened(String name, Instant at) {
        Notice n = notice(name, at);
        return new Notice(
                name,
                List.of(),
                Event.FINISHED,
                at,
                false,
                Duration.ZERO,
                null,
                n.title(),
                n.text(),
                n.about());
    }

    @Test
    void tellsEachThingOnce() {
        Notice asks = notice("a", NOON);
        Verdict first = verdict(EVERYONE, Map.of(), NOON, asks);
        Map<String, Mark> told = Map.of("a", first.marks().getFirst());

        assertThat(first.tell()).containsExactly(asks);
        assertThat(verdict(EVERYONE, told, NOON.plusSeconds(9), asks))
                .isEqualTo(new Verdict(List.of(), List.of(), Set.of(), null));
    }

    @Test
    void tellsOfAWindowAgainInTheNextOne() {
        Mark told = new Mark("ops", "q", NOON.plusSeconds(60));

        assertThat(verdict(EVERYONE, Map.of("q", told), NOON, notice("q", NOON)).tell()).isEmpty();
        assertThat(
                        verdict(
                                        EVERYONE,
                                        Map.of("q", told),
                                        NOON.plusSeconds(60),
                                        notice("q", NOON))
                                .tell())
                .hasSize(1);
    }

    @Test
    void marksWhatIsImpliedAsToldToo() {
        Notice n = notice("95", NOON);
        Notice both =
                new Notice(
                        "95",
                        List.of("80"),
                        Event.LIMIT,
                        NOON,
                        true,
                        Duration.ZERO,
                        NOON.plusSeconds(9),
                        n.title(),
                        n.text(),
                        n.about());

        assertThat(verdict(EVERYONE, Map.of(), NOON, both).marks())
                .containsExactly(
                        new Mark("ops", "95", NOON.plusSeconds(9)),
                        new Mark("ops", "80", NOON.plusSeconds(9)));
    }

    @Test
    void waitsUntilSomethingHasLasted() {
        Notice n = notice("a", NOON);
        Notice slow =
                new Notice(
                        "a",
                        List.of(),
                        Event.HOST,
                        NOON,
                        true,
                        Duration.ofMinutes(2),
                        null,
                        n.title(),
                        n.text(),
                        n.about());
        Sight sight = new Sight(List.of(slow), Set.of());
        Map<String, Instant> seen = Map.of("a", NOON);

        Verdict early = Verdict.of(EVERYONE, sight, Map.of(), seen, NOON.plusSeconds(119));
        Verdict late = Verdict.of(EVERYONE, sight, Map.of(), seen, NOON.plusSeconds(120));

        assertThat(early.tell()).isEmpty();
        assertThat(early.marks()).isEmpty();
        assertThat(early.look()).isEqualTo(NOON.plusSeconds(120));
        assertThat(late.tell()).containsExactly(slow);
    }

    @Test
    void passesOverWhatHappenedLongAgoButNotWhatStillWaits() {
        Instant now = NOON.plus(Duration.ofHours(3));
        Verdict verdict =
                verdict(EVERYONE, Map.of(), now, happened("old", NOON), notice("waits", NOON));

        assertThat(verdict.tell()).extracting(Notice::name).containsExactly("waits");
        assertThat(verdict.marks()).extracting(Mark::name).containsExactly("old", "waits");
    }

    @Test
    void isSilentInQuietHoursAndTellsWhatStillHoldsAfterwards() {
        Target sleeps = Things.quiet(EVERYONE, NIGHT);
        // 23:30 and 06:59 in Berlin, then 07:00.
        Notice night = happened("n", Instant.parse("2026-11-20T22:30:00Z"));
        Instant end = Instant.parse("2026-11-21T06:00:00Z");

        Verdict asleep = verdict(sleeps, Map.of(), end.minusSeconds(60), night);
        Verdict awake = verdict(sleeps, Map.of(), end, night);

        assertThat(asleep).isEqualTo(new Verdict(List.of(), List.of(), Set.of(), end));
        assertThat(awake.tell()).containsExactly(night);
    }

    @Test
    void forgetsWhatIsOverEvenInQuietHours() {
        Target sleeps = Things.quiet(EVERYONE, NIGHT);
        Sight sight = new Sight(List.of(), Set.of("host:a", "host:b"));
        Map<String, Mark> marks = Map.of("host:a", new Mark("ops", "host:a", null));

        assertThat(
                        Verdict.of(
                                        sleeps,
                                        sight,
                                        marks,
                                        Map.of(),
                                        Instant.parse("2026-11-20T22:30:00Z"))
                                .over())
                .containsExactly("host:a");
    }

    @Test
    void routesByEventHostRepoAndLabels() {
        Notice n = notice("a", NOON);
        Way way = EVERYONE.way();

        assertThat(leads(n, way, ALL, List.of("dev-1"), List.of("api"), Map.of("team", "a")))
                .isTrue();
        assertThat(leads(n, way, EnumSet.of(Event.FAILED), List.of(), List.of(), Map.of()))
                .isFalse();
        assertThat(leads(n, way, ALL, List.of("dev-2"), List.of(), Map.of())).isFalse();
        assertThat(leads(n, way, ALL, List.of(), List.of("web"), Map.of())).isFalse();
        assertThat(leads(n, way, ALL, List.of(), List.of(), Map.of("team", "b"))).isFalse();
        Notice quota =
                new Notice(
                        "q",
                        List.of(),
                        Event.LIMIT,
                        NOON,
                        true,
                        Duration.ZERO,
                        null,
                        "",
                        "",
                        new Notice.Subject(null, null, Map.of()));
        assertThat(leads(quota, way, ALL, List.of(), List.of(), Map.of())).isTrue();
        assertThat(leads(quota, way, ALL, List.of("dev-1"), List.of(), Map.of())).isFalse();
    }

    private static boolean leads(
            Notice notice,
            Way way,
            Set<Event> when,
            List<String> hosts,
            List<String> repos,
            Map<String, String> labels) {
        return Routes.leads(
                new Target("t", way, when, hosts, repos, labels, Optional.empty()), notice);
    }

    @Test
    void knowsQuietHoursOnTheDayThatClocksAreTurned() {
        // On 2026-10-25 Berlin's clocks go from 3:00 back to 2:00: the night is ten hours long.
        QuietHours hours =
                QuietHours.around(NIGHT, Instant.parse("2026-10-25T00:30:00Z")).orElseThrow();

        assertThat(hours)
                .isEqualTo(
                        new QuietHours(
                                Instant.parse("2026-10-24T20:00:00Z"),
                                Instant.parse("2026-10-25T06:00:00Z")));
        assertThat(QuietHours.around(NIGHT, hours.to())).isEmpty();
        assertThat(QuietHours.around(NIGHT, hours.from())).isPresent();
        assertThat(QuietHours.around(NIGHT, hours.from().minusMillis(1))).isEmpty();
    }
}
