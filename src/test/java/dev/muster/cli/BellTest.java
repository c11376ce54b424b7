package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Board;
import dev.muster.api.BoardProblem;
import dev.muster.api.SessionRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BellTest {
    private static Board board(SessionRow... rows) {
        return Rows.board(List.of(Rows.host("dev-1", "online", null, 1)), List.of(rows));
    }

    private static SessionRow api(String state, int secondsAgo) {
        return Rows.session("api", "dev-1", state, Duration.ofSeconds(secondsAgo));
    }

    @Test
    void ringsWhenASessionBeginsToNeedYou() {
        assertThat(Bell.rings(board(api("working", 9)), board(api("needs-input", 1)))).isTrue();
        assertThat(Bell.rings(board(), board(api("failed", 1)))).isTrue();
        assertThat(Bell.rings(board(api("working", 9)), board(api("finished", 1)))).isTrue();
    }

    @Test
    void ringsAgainForTheNextQuestionOfASession() {
        assertThat(Bell.rings(board(api("needs-input", 9)), board(api("needs-input", 1)))).isTrue();
    }

    @Test
    void ringsWhenAHostIsGoneOnWhichSomethingRuns() {
        Board gone = host("offline", api("working", 9));

        assertThat(Bell.rings(board(api("working", 9)), gone)).isTrue();
        assertThat(Bell.rings(gone, gone)).isFalse();
        assertThat(Bell.rings(gone, board(api("working", 9)))).isFalse();
        assertThat(Bell.rings(board(api("finished", 9)), host("offline", api("finished", 9))))
                .isFalse();
        assertThat(Bell.rings(board(), host("offline"))).isFalse();
    }

    private static Board host(String state, SessionRow... rows) {
        return Rows.board(List.of(Rows.host("dev-1", state, null, 1)), List.of(rows));
    }

    @Test
    void ringsOnceAtEachShareOfAWindowThatIsWarnedOf() {
        Board most = quota(80, "81 % of its 5-hour window used");
        Board all = quota(95, "96 % of its 5-hour window used");

        assertThat(Bell.rings(board(), most)).isTrue();
        assertThat(Bell.rings(most, quota(80, "82 % of its 5-hour window used"))).isFalse();
        assertThat(Bell.rings(most, quota(80, "81 % of its 7-day window used"))).isTrue();
        assertThat(Bell.rings(most, all)).isTrue();
        assertThat(Bell.rings(all, quota(95, "97 % of its 5-hour window used"))).isFalse();
        assertThat(Bell.rings(all, most)).isFalse();
        assertThat(Bell.rings(board(), all)).isTrue();
    }

    @Test
    void ringsOnceWhenAContextIsNearlyFull() {
        Board full = problem("context", "dev-1/api", 70, "71 % of its context used");

        assertThat(Bell.rings(board(), full)).isTrue();
        assertThat(
                        Bell.rings(
                                full,
                                problem("context", "dev-1/api", 70, "99 % of its context used")))
                .isFalse();
        assertThat(
                        Bell.rings(
                                full,
                                problem("context", "dev-1/web", 70, "71 % of its context used")))
                .isTrue();
    }

    private static Board quota(int percent, String detail) {
        return problem("quota", "max", percent, detail);
    }

    private static Board problem(String what, String about, int percent, String detail) {
        Board board = board();
        return new Board(
                board.asOf(),
                board.totals(),
                board.hosts(),
                board.sessions(),
                board.requests(),
                board.accounts(),
                List.of(new BoardProblem(what, about, detail, percent, null, null)));
    }

    @Test
    void isSilentWhileNothingNewNeedsYou() {
        Board waits = board(api("needs-input", 9));

        assertThat(Bell.rings(waits, board(api("needs-input", 9)))).isFalse();
        assertThat(Bell.rings(waits, board(api("working", 1)))).isFalse();
        assertThat(Bell.rings(waits, board())).isFalse();
        assertThat(Bell.rings(board(api("working", 9)), board(api("stopped", 1)))).isFalse();
    }
}
