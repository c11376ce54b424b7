package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.cli.BoardFeed.Heard;
import dev.muster.cli.client.ServerEvent;
import dev.muster.cli.terminal.OwnTerminal;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The board as it changes. On a terminal it is drawn again in place, elsewhere one below the
/// other; with `--json` each event is a line.
final class Watch {
    private static final long TICK_MILLIS = 1000;

    private final Context context;
    private final Console console;
    private final List<String> what;
    private final boolean bell;

    /// @param bell a terminal's bell rings when something new needs a person
    Watch(Context context, List<String> what, boolean bell) {
        this.context = context;
        this.console = context.console();
        this.what = what;
        this.bell = bell;
    }

    /// Runs until Ctrl-C, until nobody reads any more, or until the service says no.
    ExitCode run() throws Exception {
        BoardFeed feed = BoardFeed.of(context.service(), what);
        if (!console.outTerminal() || context.options().json) {
            return print(feed);
        }
        try (OwnTerminal terminal = OwnTerminal.open()) {
            terminal.quieten();
            return redraw(feed, terminal);
        }
    }

    private ExitCode print(BoardFeed feed) throws Exception {
        while (!console.out().checkError()) {
            switch (feed.take()) {
                case Heard.Event(ServerEvent event) when context.options().json ->
                        console.json(event.data());
                case Heard.Event _ ->
                        feed.board()
                                .ifPresent(
                                        board -> {
                                            lines(board, console.width()).forEach(console::line);
                                            console.line("");
                                        });
                case Heard.Lost(String why) -> context.warn(why + "; trying again");
                case Heard.Refused refused -> throw refused.problem();
            }
        }
        return ExitCode.OK;
    }

    private ExitCode redraw(BoardFeed feed, OwnTerminal terminal) throws Exception {
        InPlace place = new InPlace(console);
        Optional<Board> before = Optional.empty();
        while (true) {
            feed.await(TICK_MILLIS);
            Optional<Board> now = feed.board();
            if (bell && before.isPresent() && now.isPresent()) {
                ring(before.get(), now.get());
            }
            before = now;
            int width = terminal.columns();
            List<String> lines = new ArrayList<>();
            feed.board().ifPresent(board -> lines.addAll(lines(board, width)));
            feed.trouble().ifPresent(why -> lines.add(Columns.fit("as last known: " + why, width)));
            if (!lines.isEmpty()) {
                place.draw(lines, terminal.rows() - 1);
            }
        }
    }

    private void ring(Board before, Board now) {
        if (before != now && Bell.rings(before, now)) {
            console.out().print('\u0007');
        }
    }

    private List<String> lines(Board board, int width) {
        return new BoardView(width, console.colour(), Instant.now()).draw(board);
    }
}
