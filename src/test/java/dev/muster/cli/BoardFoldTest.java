package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.api.SessionRow;
import dev.muster.cli.CliRun.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardFoldTest {
    private static final SessionRow A = Rows.session("a", "dev-1", "working", Duration.ZERO);
    private static final SessionRow B = Rows.session("b", "dev-1", "working", Duration.ZERO);
    private static final SessionRow A_IDLE = Rows.session("a", "dev-1", "idle", Duration.ZERO);
    private static final Board BOARD =
            Rows.board(List.of(Rows.host("dev-1", "online", null, 2)), List.of(A, B));

    private static BoardChange change(List<SessionRow> changed, List<String> gone) {
        return new BoardChange(
                Rows.NOW.plusSeconds(1),
                new Board.Totals(2 - gone.size(), 0),
                List.of(),
                changed,
                List.of(),
                List.of(),
                List.of(),
                gone,
                List.of(),
                List.of(),
                null);
    }

    @Test
    void replacesRowsInTheirPlaceAndAddsNewOnes() {
        SessionRow c = Rows.session("c", "dev-1", "queued", Duration.ZERO);

        Board next = BoardFold.fold(BOARD, change(List.of(A_IDLE, c), List.of()));

        assertThat(next.sessions()).containsExactly(A_IDLE, B, c);
        assertThat(next.hosts()).isEqualTo(BOARD.hosts());
        assertThat(next.asOf()).isEqualTo(Rows.NOW.plusSeconds(1));
    }

    @Test
    void dropsWhatIsGone() {
        Board next = BoardFold.fold(BOARD, change(List.of(), List.of(A.id())));

        assertThat(next.sessions()).containsExactly(B);
        assertThat(next.totals().sessions()).isEqualTo(1);
    }

    @Test
    void watchShowsEachChangeUntilTheServiceSaysNo(@TempDir Path home) throws IOException {
        try (FakeService service = new FakeService()) {
            service.on(
                    "GET board/events?what=dev-1",
                    exchange -> {
                        boolean first =
                                service.asked.stream()
                                                .filter(a -> a.target().startsWith("board/events"))
                                                .count()
                                        == 1;
                        if (first) {
                            FakeService.stream(
                                    exchange,
                                    "board",
                                    BOARD,
                                    "change",
                                    change(List.of(A_IDLE), List.of()));
                        } else {
                            FakeService.send(exchange, 403, "text/plain", "");
                        }
                    });

            Result result = new CliRun(home, service.uri()).run("status", "--watch", "dev-1");

            assertThat(result.out().lines().filter(line -> line.endsWith("1 host")).toList())
                    .containsExactly(
                            "2 sessions, 2 working; 1 host",
                            "2 sessions, 1 working, 1 idle; 1 host");
            assertThat(result.err()).contains("trying again");
            assertThat(result.status()).isEqualTo(6);
        }
    }
}
