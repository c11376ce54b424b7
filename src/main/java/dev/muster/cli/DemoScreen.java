package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.cli.terminal.OwnTerminal;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Style;
import dev.muster.demo.Demo;
import dev.muster.demo.DemoHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Where a demo is shown.
sealed interface DemoScreen {
    /// A line of news, at the moment it is made.
    void told(String line);

    /// The board now.
    ///
    /// @param over all has ended: say how to look further
    void show(Board board, Duration elapsed, boolean over);

    /// The board as it stays when nobody waits any longer.
    void last(Board board);

    /// For a log: each piece of news is a line; the board stands between them when a state has
    /// changed, not too often and not without end, and last.
    final class Plain implements DemoScreen {
        private static final Duration BETWEEN = Duration.ofSeconds(3);
        private static final int MOST_BOARDS = 30;

        private final Console console;
        private String states = "";
        private Duration shown = Duration.ZERO;
        private int boards;

        Plain(Console console) {
            this.console = console;
        }

        @Override
        public void told(String line) {
            console.line(line);
            console.out().flush();
        }

        @Override
        public void show(Board board, Duration elapsed, boolean over) {
            String now = board.sessions().stream().map(s -> s.id() + s.state()).toList().toString();
            boolean due = elapsed.minus(shown).compareTo(BETWEEN) >= 0 && boards < MOST_BOARDS;
            boolean living =
                    board.sessions().stream().anyMatch(s -> !s.lifecycle().equals("ended"));
            if (due && living && !now.equals(states)) {
                states = now;
                shown = elapsed;
                boards++;
                print(board);
            }
        }

        @Override
        public void last(Board board) {
            print(board);
        }

        private void print(Board board) {
            console.line("");
            new BoardView(console.width(), false, Instant.now()).draw(board).forEach(console::line);
            console.line("");
            console.out().flush();
        }
    }

    /// On a terminal, in place, made for 80 columns and 24 rows.
    final class Live implements DemoScreen {
        private final Console console;
        private final DemoNews news;
        private final Demo demo;
        private final List<DemoHost> hosts;
        private final OwnTerminal terminal;
        private final InPlace place;

        Live(
                Console console,
                DemoNews news,
                Demo demo,
                List<DemoHost> hosts,
                OwnTerminal terminal) {
            this.console = console;
            this.news = news;
            this.demo = demo;
            this.hosts = hosts;
            this.terminal = terminal;
            this.place = new InPlace(console);
        }

        /// Stands on the next picture.
        @Override
        public void told(String line) {}

        @Override
        public void show(Board board, Duration elapsed, boolean over) {
            int width = terminal.columns();
            int rows = terminal.rows() - 1;
            List<String> lines = new ArrayList<>();
            lines.add(title(width, DemoNews.clock(elapsed)));
            for (DemoHost host : hosts) {
                lines.add(
                        Columns.fit(
                                "  "
                                        + Columns.pad(host.name(), 9)
                                        + Columns.pad(host.repo(), 5)
                                        + host.way(),
                                width));
            }
            lines.add("");
            lines.addAll(new BoardView(width, console.colour(), Instant.now()).draw(board));
            lines.add("");
            List<String> end = over ? DemoHints.over(demo) : DemoHints.meanwhile(demo);
            if (!over) {
                int room = Math.max(1, rows - lines.size() - end.size() - 1);
                news.last(room).forEach(line -> lines.add(dim(Columns.fit(line, width))));
                lines.add("");
            }
            end.forEach(line -> lines.add(Columns.fit(line, width)));
            place.draw(lines, rows);
        }

        /// Stands there already.
        @Override
        public void last(Board board) {}

        private String title(int width, String clock) {
            String title = "Muster demo: three hosts, three sessions, one board";
            String line = Columns.pad(title, width - clock.length() - 1) + clock;
            return console.paint(Style.BOLD, Columns.fit(line, width));
        }

        private String dim(String line) {
            return console.paint(Style.DIM, line);
        }
    }
}
