package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.OWNER;
import static dev.muster.notify.Things.asks;
import static dev.muster.notify.Things.board;
import static dev.muster.notify.Things.exits;
import static dev.muster.notify.Things.host;
import static dev.muster.notify.Things.hosts;
import static dev.muster.notify.Things.id;
import static dev.muster.notify.Things.said;
import static dev.muster.notify.Things.session;
import static dev.muster.notify.Things.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.fleet.Quota;
import dev.muster.host.Notices.Event;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SightTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant LATER = NOON.plusSeconds(60);

    private static Sight sight(FleetBoard board) {
        return Sight.of(board, hosts(), OWNER, LATER, UTC);
    }

    private static Sight sight(Session... sessions) {
        return sight(board(sessions));
    }

    private static Notice only(Session session) {
        assertThat(sight(session).notices()).hasSize(1);
        return sight(session).notices().getFirst();
    }

    @Test
    void namesEachRequestThatWaits() {
        Session session =
                session(1)
                        .apply(asks(NOON.plusSeconds(1), "r1", Request.Kind.APPROVAL))
                        .apply(asks(NOON.plusSeconds(2), "r2", Request.Kind.QUESTION));

        assertThat(sight(session).notices())
                .extracting(Notice::event, Notice::title, Notice::text)
                .containsExactly(
                        tuple(Event.APPROVAL, "s1 on dev-1 asks for approval", "Bash: npm test"),
                        tuple(Event.QUESTION, "s1 on dev-1 asks", "npm test"));
    }

    @Test
    void tellsHowSessionsEnded() {
        assertThat(
                        sight(
                                        session(1).apply(exits(NOON.plusSeconds(1), 0)),
                                        session(2).apply(exits(NOON.plusSeconds(2), 3)),
                                        session(3).apply(exits(NOON.plusSeconds(3), 137)))
                                .notices())
                .extracting(Notice::event, Notice::title)
                .containsExactly(
                        tuple(Event.FINISHED, "s1 on dev-1 finished"),
                        tuple(Event.FAILED, "s2 on dev-1 failed"),
                        tuple(Event.FAILED, "s3 on dev-1 crashed"));
    }

    @Test
    void hasNothingToSayOfASessionThatWorksOrWasStopped() {
        Session stopped =
                session(2).apply(new SessionEvent.StopAsked(NOON, 1, "me")).apply(exits(NOON, 143));

        assertThat(sight(session(1), stopped).notices()).isEmpty();
    }

    @Test
    void namesTheSameThingTheSameThroughRepetitionAndRestart() {
        Session asks = session(1).apply(asks(NOON, "r1", Request.Kind.APPROVAL));
        Session again = asks.apply(asks(NOON, "r1", Request.Kind.APPROVAL));

        assertThat(only(again).name()).isEqualTo(only(asks).name());
        assertThat(only(again).id()).isEqualTo(only(asks).id());
    }

    @Test
    void saysWhenASessionOverALimitGoesOn() {
        Session session =
                session(1)
                        .apply(used(NOON, null, new Reading.Window(100, NOON.plusSeconds(7200))))
                        .apply(
                                said(
                                        NOON,
                                        new AgentEvent.TurnFailed(
                                                "rate_limit", "You've hit your limit")));

        Notice notice = only(session);

        assertThat(notice.event()).isEqualTo(Event.LIMIT);
        assertThat(notice.text()).isEqualTo("until Fri 14:00 UTC: You've hit your limit");
    }

    @Test
    void warnsOfAWindowAtTheHighestLineThatItCrossedUntilItBeginsAnew() {
        Instant resets = NOON.plusSeconds(7200);
        FleetBoard at97 =
                board(session(1))
                        .withQuotas(
                                List.of(
                                        new Quota(
                                                "max",
                                                new Reading.Window(97, resets),
                                                null,
                                                NOON)));

        assertThat(sight(at97).notices())
                .extracting(Notice::name, Notice::implied, Notice::until)
                .containsExactly(
                        tuple("quota:max:5-hour:95", List.of("quota:max:5-hour:80"), resets));
        assertThat(Sight.of(at97, hosts(), OWNER, resets, UTC).notices()).isEmpty();
    }

    @Test
    void warnsOfAContextOnceItIsPastTheLineAndForgetsItWellBelow() {
        Session full = session(1).apply(used(NOON, 83.0, null));
        Session less = full.apply(used(NOON, 70.0, null));
        Session roomy = full.apply(used(NOON, 20.0, null));
        String name = "context:" + id(1).value();

        assertThat(only(full).name()).isEqualTo(name);
        assertThat(sight(less).notices()).isEmpty();
        assertThat(sight(less).over()).doesNotContain(name);
        assertThat(sight(roomy).over()).contains(name);
    }

    @Test
    void missesAHostOnlyWhereSomethingGoesOnThere() {
        FleetBoard busy = board(session(1)).withStatus(host("dev-1", HostState.OFFLINE, NOON));
        FleetBoard done =
                board(session(1).apply(exits(NOON, 0)))
                        .withStatus(host("dev-1", HostState.OFFLINE, NOON));

        assertThat(sight(busy).notices())
                .filteredOn(n -> n.event() == Event.HOST)
                .extracting(Notice::title, Notice::settle)
                .containsExactly(
                        tuple(
                                "dev-1 is offline; 1 session there can't be seen",
                                Duration.ofMinutes(2)));
        assertThat(sight(done).notices()).noneMatch(n -> n.event() == Event.HOST);
        assertThat(sight(board(session(1))).over()).contains("host:dev-1");
    }

    @Test
    void tellsOfAHostWhoseKeyChangedWhateverGoesOnThere() {
        FleetBoard board =
                FleetBoard.empty().withStatus(host("dev-1", HostState.HOST_KEY_CHANGED, NOON));

        assertThat(sight(board).notices())
                .extracting(Notice::title)
                .containsExactly("dev-1 is host-key-changed");
    }

    @Test
    void leavesTheSessionsOfAnotherServiceToThatOne() {
        FleetBoard board = board(session(1).apply(exits(NOON, 3)));

        assertThat(Sight.of(board, hosts(), "other", LATER, UTC).notices()).isEmpty();
    }

    @Test
    void cleansWhatHostsSay() {
        Session session =
                session(1)
                        .apply(
                                said(
                                        NOON,
                                        new AgentEvent.Asked(
                                                new Request(
                                                        "r",
                                                        Request.Kind.QUESTION,
                                                        "Ask",
                                                        "a\u001b]2;x\u0007b\nc \u202egnp"
                                                                + "y".repeat(1000),
                                                        null,
                                                        "d",
                                                        List.of(),
                                                        null,
                                                        NOON))));

        assertThat(only(session).text())
                .startsWith("a ]2;x b c gnpyyy")
                .hasSizeLessThan(310)
                .endsWith("…");
    }

    @Test
    void knowsTheLabelsOfASessionOverThoseOfItsHost() {
        Session session =
                session(1, "dev-1", "api", Map.of("team", "a", "role", "mine"))
                        .apply(exits(NOON, 0));

        assertThat(only(session).about().labels()).isEqualTo(Map.of("team", "a", "role", "mine"));
        assertThat(only(session(1).apply(exits(NOON, 0))).about().labels())
                .isEqualTo(Map.of("role", "backend"));
    }
}
