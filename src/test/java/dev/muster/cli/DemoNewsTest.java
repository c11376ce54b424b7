package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoNewsTest {
    private final DemoNews news = new DemoNews();

    @Test
    void tellsOfEachSessionWhoseStateIsAnother() {
        news.of(board("api", "working", "web", "working"), Duration.ofSeconds(4));

        List<String> added =
                news.of(board("api", "working", "web", "idle"), Duration.ofSeconds(65));

        assertThat(added).containsExactly(" 1:05  web             idle");
    }

    @Test
    void tellsNothingTwice() {
        news.of(board("api", "working", "web", "working"), Duration.ofSeconds(4));

        assertThat(news.of(board("api", "working", "web", "working"), Duration.ofSeconds(5)))
                .isEmpty();
        assertThat(news.last(10)).hasSize(2);
    }

    @Test
    void keepsTheNewestInSight() {
        for (int i = 0; i < 9; i++) {
            news.own(Duration.ofSeconds(i), "starts", "number " + i);
        }

        assertThat(news.last(2))
                .containsExactly(
                        " 0:07  the demo        starts       number 7",
                        " 0:08  the demo        starts       number 8");
    }

    @Test
    void letsNoEscapeSequenceOfAnAgentThrough() {
        SessionRow plain = Rows.session("api", "dev-1", "working", Duration.ZERO);
        SessionRow hostile = Rows.doing(plain, "\u001b[2Jgone", null);

        assertThat(news.of(board(hostile), Duration.ZERO).getFirst())
                .doesNotContain("\u001b")
                .contains("gone");
    }

    private static Board board(String one, String state, String two, String other) {
        return board(
                Rows.session(one, "dev-1", state, Duration.ZERO),
                Rows.session(two, "laptop", other, Duration.ZERO));
    }

    private static Board board(SessionRow... rows) {
        return Rows.board(List.of(), List.of(rows));
    }
}
