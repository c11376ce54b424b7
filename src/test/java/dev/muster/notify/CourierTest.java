package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.notice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {
    private static final Outcome SENT = new Outcome.Sent();
    private static final Outcome DOWN = new Outcome.Failed("it answered with status 503", null);

    @TempDir Path folder;
    private final List<String> sent = new ArrayList<>();
    private final List<String> undelivered = new ArrayList<>();
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private final Ticking clock = new Ticking();
    private Outbox outbox;
    private Courier courier;

    @BeforeEach
    void open() {
        outbox = TestDatabase.sqlite(folder.resolve("muster.db")).outbox();
        courier =
                new Courier(
                        Things.target("ops", Things.ALL),
                        outbox,
                        notice -> {
                            sent.add(notice.name());
                            return outcomes.isEmpty() ? SENT : outcomes.remove();
                        },
                        (target, notice, why) ->
                                undelivered.add(target + ": " + notice.name() + ": " + why),
                        clock);
    }

    private void tell(String... names) {
        for (String name : names) {
            outbox.tell("ops", List.of(notice(name, NOON)), List.of(), List.of(), clock.instant());
        }
    }

    @Test
    void sendsInOrderAndThenRests() throws Exception {
        tell("a", "b");

        assertThat(courier.turn()).contains(Duration.ZERO);
        assertThat(courier.turn()).contains(Duration.ZERO);
        assertThat(courier.turn()).isEmpty();
        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void keepsTheOrderWhileTheOtherSideIsDown() throws Exception {
        tell("a", "b");
        outcomes.addAll(List.of(DOWN, DOWN, DOWN));

        List<Optional<Duration>> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waits.add(courier.turn());
        }

        assertThat(sent).containsExactly("a", "a", "a", "a", "b");
        assertThat(waits.subList(0, 4))
                .containsExactly(
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(4)),
                        Optional.of(Duration.ZERO));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        tell("a");
        outcomes.add(new Outcome.Failed("it answered with status 429", Duration.ofSeconds(60)));

        assertThat(courier.turn()).contains(Duration.ofSeconds(60));
    }

    @Test
    void givesUpAtOnceWhatIsRefused() throws Exception {
        tell("a", "b");
        outcomes.add(new Outcome.Refused("it answered with status 404"));

        courier.turn();
        courier.turn();

        assertThat(undelivered).containsExactly("ops: a: it answered with status 404");
        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void givesUpWhatCouldNotBeToldForAnHour() throws Exception {
        tell("a");
        outcomes.addAll(List.of(DOWN, DOWN));
        courier.turn();
        clock.now = NOON.plus(Courier.PATIENCE).plusSeconds(1);
        tell("b");

        courier.turn();
        courier.turn();

        assertThat(undelivered).containsExactly("ops: a: it answered with status 503");
        assertThat(sent).containsExactly("a", "a", "b");
        assertThat(outbox.next("ops")).isEmpty();
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToFiveMinutes() {
        assertThat(IntStream.of(1, 2, 3, 8, 9, 10, 1000).mapToObj(Courier::backoff))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(128),
                        Duration.ofSeconds(256),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
    }

    @Test
    void sendsAgainWhatItWasKilledWhileSending() throws Exception {
        tell("a");
        Courier killed =
                new Courier(
                        Things.target("ops", Things.ALL),
                        outbox,
                        notice -> {
                            sent.add("half " + notice.id());
                            throw new InterruptedException("killed");
                        },
                        (target, notice, why) -> undelivered.add(why),
                        clock);
        try {
            killed.turn();
        } catch (InterruptedException e) {
            sent.add("killed");
        }

        courier.turn();

        assertThat(sent).containsExactly("half " + notice("a", NOON).id(), "killed", "a");
    }

    /// A clock that stands still until it is set.
    private static final class Ticking extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
