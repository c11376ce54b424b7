package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster status --watch` on a real terminal.
class WatchIT {
    private static final Board BOARD =
            Rows.board(
                    List.of(Rows.host("dev-1", "online", null, 1)),
                    List.of(Rows.session("api", "dev-1", "working", Duration.ZERO)));

    /// Whether the terminal's bell has rung.
    private static final String BELL = "#{window_bell_flag}";

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path home;

    @Test
    void drawsTheBoardAgainInPlaceAndRestoresTheTerminalOnCtrlC() throws Exception {
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (FakeService service = new FakeService();
                Pane pane = new Pane(home)) {
            service.on(
                    "GET board/events",
                    exchange -> {
                        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                        exchange.sendResponseHeaders(200, 0);
                        try (OutputStream out = exchange.getResponseBody()) {
                            while (true) {
                                out.write(events.take().getBytes(StandardCharsets.UTF_8));
                                out.flush();
                            }
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    });
            events.add("event: board\ndata: " + Json.write(BOARD) + "\n\n");

            pane.muster(service.uri().getPort(), "status --watch");

            pane.awaitScreen("1 session, 1 working; 1 host");
            assertThat(pane.tmux("display-message", "-p", BELL)).isEqualTo("0\n");
            BoardChange change =
                    new BoardChange(
                            Rows.NOW,
                            new Board.Totals(1, 1),
                            List.of(),
                            List.of(Rows.session("api", "dev-1", "needs-input", Duration.ZERO)),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            null);
            events.add("event: change\ndata: " + Json.write(change) + "\n\n");
            pane.awaitScreen("1 session, 1 needs you; 1 host");
            assertThat(pane.screen()).containsOnlyOnce("SESSION").doesNotContain("1 working");
            // tmux raises the flag when it has drawn.
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(pane.tmux("display-message", "-p", BELL))
                                            .as("it rang")
                                            .isEqualTo("1\n"));

            pane.tmux("send-keys", "C-c");
            pane.awaitSaneTerminal(130);
            assertThat(pane.tmux("display-message", "-p", "#{cursor_flag}")).isEqualTo("1\n");
        }
    }
}
