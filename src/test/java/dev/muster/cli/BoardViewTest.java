package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardProblem;
import dev.muster.api.SessionRow;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardViewTest {
    private static final Board MIXED =
            Rows.board(
                    List.of(
                            Rows.host("dev-1", "online", null, 2),
                            Rows.host("staging", "online", null, 1),
                            Rows.host("laptop", "offline", "no answer within 30 s", 1)),
                    List.of(
                            Rows.session("tidy", "staging", "idle", Duration.ofHours(3)),
                            Rows.doing(
                                    Rows.session(
                                            "billing", "dev-1", "working", Duration.ofSeconds(40)),
                                    "Edit: src/Billing.java",
                                    new SessionRow.Changes(12, 1520, 33, 2)),
                            Rows.doing(
                                    Rows.session(
                                            "orders-api",
                                            "dev-1",
                                            "needs-approval",
                                            Duration.ofMinutes(2)),
                                    "Bash: npm test",
                                    new SessionRow.Changes(3, 120, 4, 0)),
                            Rows.stale(
                                    Rows.session("docs", "laptop", "working", Duration.ofHours(4)),
                                    Duration.ofHours(2))));

    private static String draw(Board board, int width) {
        return String.join("\n", new BoardView(width, false, Rows.NOW).draw(board));
    }

    @Test
    void showsWhatNeedsYouFirstThenTheRestThenHostsThatAreSilentThenTotals() {
        assertThat(draw(MIXED, 80))
                .isEqualTo(
                        """
                          SESSION     HOST     STATE           SINCE  SEEN  BRANCH       CHANGES
                        ! orders-api  dev-1    needs-approval     2m        …orders-api  +120 -4 3f
                            Bash: npm test
                        ~ docs        laptop   working            4h    2h  muster/docs
                          billing     dev-1    working           40s        …er/billing  +1520 -33 12f …
                          tidy        staging  idle               3h        muster/tidy
                        laptop: offline for 2h: no answer within 30 s; 1 session as last known 2h ago
                        4 sessions, 1 needs you, 2 working, 1 idle; 3 hosts, 1 not reachable
                        """
                                .stripTrailing());
    }

    @Test
    void showsUntilWhenASessionIsOverItsLimitAndWhatAccountsHaveLeft() {
        Instant until = Rows.NOW.plus(Duration.ofHours(1));
        SessionRow limited =
                Rows.until(
                        Rows.doing(
                                Rows.session("api", "dev-1", "rate-limited", Duration.ofMinutes(2)),
                                "You've hit your limit",
                                null),
                        until);
        Board board =
                new Board(
                        Rows.NOW,
                        new Board.Totals(1, 0),
                        List.of(Rows.host("dev-1", "online", null, 1)),
                        List.of(limited),
                        List.of(),
                        List.of(
                                new AccountRow(
                                        "max",
                                        new AccountRow.Window(100.0, until),
                                        null,
                                        Rows.NOW)),
                        List.of(
                                new BoardProblem(
                                        "quota",
                                        "max",
                                        "100 % used",
                                        95,
                                        "start elsewhere",
                                        until)));
        String when = Moments.of(until, Rows.NOW);

        assertThat(draw(board, 80).lines())
                .contains(
                        "    until " + when + ": You've hit your limit",
                        "max: 5h 100 %, resets " + when,
                        "max: 100 % used; start elsewhere");
        assertThat(new BoardView(80, false, until.plusSeconds(60)).draw(board))
                .contains(
                        "    its limit ended "
                                + Moments.of(until, until)
                                + ": You've hit your limit")
                .doesNotContain("max: 100 % used; start elsewhere");
    }

    /// The service counts it among those that need a person.
    @Test
    void marksWhatWentWrong() {
        SessionRow failed =
                Rows.doing(
                        Rows.session("api", "dev-1", "failed", Duration.ofMinutes(2)),
                        "There is no base nonono",
                        null);

        assertThat(
                        draw(
                                Rows.board(
                                        List.of(Rows.host("dev-1", "online", null, 1)),
                                        List.of(failed)),
                                80))
                .contains("! api", "\n    There is no base nonono");
    }

    @Test
    void isNeverWiderThanTheScreen() {
        for (int width = 10; width < 130; width++) {
            for (String line : draw(MIXED, width).split("\n")) {
                assertThat(Columns.width(line))
                        .as("%d: %s", width, line)
                        .isLessThanOrEqualTo(width);
            }
        }
    }
}
