package dev.muster.web.view;

import static dev.muster.web.view.Boards.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import dev.muster.host.Hosts;
import dev.muster.session.SessionEvent;
import org.junit.jupiter.api.Test;

class CutTest {
    @Test
    void keepsWhatNeedsAPersonFirstAndTheTotalsWhole() {
        Board all =
                Picture.of(
                                Boards.board(
                                        Boards.running(1, "h", "works"),
                                        Boards.running(2, "h", "done")
                                                .apply(new SessionEvent.Exited(T0, 1, 0)),
                                        Boards.running(3, "h", "broke")
                                                .apply(new SessionEvent.Exited(T0, 1, 1))),
                                Hosts.local(),
                                new Scope.Everything(),
                                new Views("service1"))
                        .board(T0);

        Board cut = Cut.sessions(all, 2);

        assertThat(cut.sessions()).extracting(SessionRow::name).containsExactly("broke", "works");
        assertThat(cut.totals()).isEqualTo(new Board.Totals(3, 1));
        assertThat(Cut.sessions(all, 3)).isSameAs(all);
    }
}
