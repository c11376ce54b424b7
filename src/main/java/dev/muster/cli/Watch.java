package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.cli.client.EventStream;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServerEvent;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.terminal.OwnTerminal;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The board as it changes. On a terminal it is drawn again in place, elsewhere one below the
// other;
/// with `--json` each event is a line.
final class Watch {
    private static final long TICK_MILLIS = 1000;

    /// A burst of changes is drawn once.
    private static final long SETTLE_MILLIS = 80;

    private static final long AGAIN_MILLIS = 1000;

    private final Context context;
    private final Console console;
    private final List<String> what;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(1000);

    private sealed interface Heard {
        record Event(ServerEvent event) implements Heard {}

        record Lost(String why) implements Heard {}

        record Refused(ProblemException problem) implements Heard {}
    }

    Watch(Context context, List<String> what) {
        this.context = context;
        this.console = context.console();
        this.what = what;
    }

    /// Runs until Ctrl-C, until nobody reads any more, or until the service says no.
    ExitCode run() throws Exception {
        ServiceClient service = context.service();
        Thread.ofVirtual().name("board-events").start(() -> listen(service));
        if (!console.outTerminal() || context.options().json) {
            return print();
        }
        try (OwnTerminal terminal = OwnTerminal.open()) {
            terminal.quieten();
            return redraw(terminal);
        }
    }

    private void listen(ServiceClient service) {
        try {
            while (true) {
                try (EventStream events = service.events(Paths.boardEvents(what))) {
                    Optional<ServerEvent> event = events.next();
                    while (event.isPresent()) {
                        heard.put(new Heard.Event(event.get()));
                        event = events.next();
                    }
                    heard.put(new Heard.Lost("the service ended the stream"));
                } catch (ProblemException e) {
                    heard.put(new Heard.Refused(e));
                    return;
                } catch (IOException e) {
                    heard.put(new Heard.Lost("" + e.getMessage()));
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExitCode print() throws Exception {
        Board board = null;
        while (!console.out().checkError()) {
            switch (heard.take()) {
                case Heard.Event(ServerEvent event) when context.options().json ->
                        console.json(event.data());
                case Heard.Event(ServerEvent event) -> {
                    board = fold(board, event);
                    if (board != null) {
                        view(console.width(), Instant.now()).draw(board).forEach(console::line);
                        console.line("");
                    }
                }
                case Heard.Lost(String why) -> context.warn(why + "; trying again");
                case Heard.Refused(ProblemException problem) -> throw problem;
            }
        }
        return ExitCode.OK;
    }

    private ExitCode redraw(OwnTerminal terminal) throws Exception {
        Board board = null;
        String trouble = "";
        int drawn = 0;
        while (true) {
            Heard next = heard.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            long settled = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
            while (next != null) {
                switch (next) {
                    case Heard.Event(ServerEvent event) -> {
                        board = fold(board, event);
                        trouble = "";
                    }
                    case Heard.Lost(String why) -> trouble = "as last known: " + why;
                    case Heard.Refused(ProblemException problem) -> throw problem;
                }
                next = heard.poll(settled - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            if (board != null || !trouble.isEmpty()) {
                int width = terminal.columns();
                List<String> lines = new ArrayList<>();
                if (board != null) {
                    lines.addAll(view(width, Instant.now()).draw(board));
                }
                if (!trouble.isEmpty()) {
                    lines.add(Columns.fit(trouble, width));
                }
                drawn = draw(cut(lines, terminal.rows() - 1), drawn);
            }
        }
    }

    /// What does not fit on the screen goes from the middle: the first lines need a person, the
    // last
    /// hold the totals.
    private static List<String> cut(List<String> lines, int rows) {
        if (rows < 3 || lines.size() <= rows) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, rows - 2));
        cut.add("… " + (lines.size() - rows + 1) + " more lines");
        cut.add(lines.getLast());
        return cut;
    }

    /// Goes up over what was drawn before, and writes each line over the old one.
    private int draw(List<String> lines, int before) {
        StringBuilder frame = new StringBuilder();
        if (before > 0) {
            frame.append("\u001b[").append(before).append("A\r");
        }
        lines.forEach(line -> frame.append(line).append("\u001b[K\r\n"));
        frame.append("\u001b[J");
        console.out().print(frame);
        console.out().flush();
        return lines.size();
    }

    private BoardView view(int width, Instant now) {
        return new BoardView(width, console.colour(), now);
    }

    private static @Nullable Board fold(@Nullable Board board, ServerEvent event)
            throws IOException {
        return switch (event.name()) {
            case "board" -> Json.read(event.data(), Board.class);
            case "change" ->
                    board == null
                            ? null
                            : BoardFold.fold(board, Json.read(event.data(), BoardChange.class));
            default -> board;
        };
    }
}
