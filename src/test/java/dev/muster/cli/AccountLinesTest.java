package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardProblem;
import dev.muster.cli.text.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountLinesTest {
    private static Board board(List<AccountRow> accounts, BoardProblem... problems) {
        return new Board(
                Rows.NOW,
                new Board.Totals(0, 0),
                List.of(),
                List.of(),
                List.of(),
                accounts,
                List.of(problems));
    }

    private static AccountRow.Window window(double percent, @Nullable Instant resets) {
        return new AccountRow.Window(percent, resets);
    }

    private static String in(Duration time) {
        return Moments.of(Rows.NOW.plus(time), Rows.NOW);
    }

    @Test
    void tellsEachAccountsWindowsWithTheirAge() {
        AccountRow max =
                new AccountRow(
                        "max",
                        window(37.4, Rows.NOW.plus(Duration.ofHours(2))),
                        window(62, Rows.NOW.plus(Duration.ofDays(3))),
                        Rows.ago(Duration.ofMinutes(3)));

        assertThat(AccountLines.of(board(List.of(max)), Rows.NOW))
                .containsExactly(
                        "max: 5h 37 %, resets "
                                + in(Duration.ofHours(2))
                                + "; 7d 62 %, resets "
                                + in(Duration.ofDays(3))
                                + "; 3m ago");
    }

    @Test
    void saysThatAWindowIsPastItsReset() {
        AccountRow max =
                new AccountRow(
                        "max",
                        window(98, Rows.ago(Duration.ofMinutes(5))),
                        null,
                        Rows.ago(Duration.ofHours(1)));

        assertThat(AccountLines.of(board(List.of(max)), Rows.NOW))
                .containsExactly(
                        "max: 5h reset " + in(Duration.ofMinutes(-5)) + ", was 98 %; 1h ago");
    }

    @Test
    void leavesOutAccountsThatNobodyHasTold() {
        assertThat(
                        AccountLines.of(
                                board(List.of(new AccountRow("team", null, null, null))), Rows.NOW))
                .isEmpty();
    }

    @Test
    void dropsAProblemThatHasPassedByItself() {
        BoardProblem over = new BoardProblem("quota", "max", "82 % used", 80, null, Rows.NOW);
        BoardProblem here =
                new BoardProblem("context", "dev-1/api", "90 % used", 80, "compact", null);

        assertThat(AccountLines.problems(board(List.of(), over, here), Rows.NOW))
                .containsExactly("dev-1/api: 90 % used; compact");
    }
}
