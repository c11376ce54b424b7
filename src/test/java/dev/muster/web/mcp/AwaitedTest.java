package dev.muster.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.FleetBoard;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.web.view.Boards;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private static final Instant LATER = Instant.parse("2026-11-20T18:00:00Z");
    private final Session running = Boards.running(1, "dev-1", "api");
    private final Session ended = running.apply(new SessionEvent.Exited(LATER, 1, 0));

    @Test
    void findsOneThatHasEnded() {
        Awaited awaited = new Awaited(Optional.of(Boards.board(running)), List.of());

        assertThat(awaited.rested(Boards.board(running))).isEmpty();
        assertThat(awaited.rested(Boards.board(ended))).containsExactly(ended);
    }

    @Test
    void isNotToldAgainWhatItKnows() {
        Awaited awaited = new Awaited(Optional.of(Boards.board(ended)), List.of());

        assertThat(awaited.rested(Boards.board(ended))).isEmpty();
    }

    @Test
    void findsOneThatRestsAlreadyWhenNothingIsKnown() {
        assertThat(new Awaited(Optional.empty(), List.of(ended.id())).rested(Boards.board(ended)))
                .containsExactly(ended);
    }

    @Test
    void findsOneThatHasGone() {
        FleetBoard before = Boards.board(running);
        FleetBoard after = before.withSessions("dev-1", List.of(), Set.of(running.id()));

        assertThat(new Awaited(Optional.of(before), List.of()).rested(after))
                .containsExactly(running);
    }

    @Test
    void looksOnlyAtTheSessionsThatWereNamed() {
        Session other = Boards.running(2, "dev-1", "web");
        Awaited awaited = new Awaited(Optional.empty(), List.of(other.id()));

        assertThat(awaited.rested(Boards.board(ended, other))).isEmpty();
    }

    @Test
    void numbersABoardOnceAndForgetsTheOldest() {
        Moments moments = new Moments();
        FleetBoard first = Boards.board(running);
        long number = moments.of(first);

        assertThat(moments.of(first)).isEqualTo(number);
        assertThat(moments.board(number)).containsSame(first);
        for (int i = 0; i < 64; i++) {
            moments.of(FleetBoard.empty().withStatus(Boards.online("h" + i, LATER)));
        }
        assertThat(moments.board(number)).isEmpty();
        assertThat(moments.board(0)).isEmpty();
    }
}
