package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.cli.text.Console;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = {
            "The board: what needs you first, then every session, then what can't be reached.",
            "`!` needs you; `~` as last known, SEEN ago; `?` estimated. CHANGES: lines added and"
                    + " removed, files (f), commits (c)."
        })
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "WHAT",
            description = "Hosts, ranges (dev-1..4), groups (@backend) or sessions; default all.")
    List<String> what = List.of();

    @Option(
            names = {"-w", "--watch"},
            description =
                    "Go on showing it as it changes; with --json one event of the stream a line.")
    boolean watch;

    @Option(
            names = "--no-bell",
            description = "With --watch: no terminal bell when something new needs you.")
    boolean noBell;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        if (watch) {
            return new Watch(context, what, !noBell).run().status();
        }
        if (context.options().json) {
            console.json(context.service().text(Paths.board(what)));
            return ExitCode.OK.status();
        }
        Board board = context.service().get(Paths.boardTable(what), Board.class);
        new BoardView(console.width(), console.colour(), Instant.now())
                .draw(board)
                .forEach(console::line);
        return ExitCode.OK.status();
    }
}
