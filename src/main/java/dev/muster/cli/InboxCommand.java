package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.RequestRow;
import dev.muster.cli.BoardFeed.Heard;
import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.OwnTerminal;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Console;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inbox",
        description = {
            "What waits for your answer on all hosts: approvals and questions, the oldest first.",
            "With IDs: those requests, whole. Answer with approve, deny or answer."
        })
final class InboxCommand implements Callable<Integer> {
    private static final long TICK_MILLIS = 1000;

    private final Context context;

    @Parameters(paramLabel = "ID", description = "Requests, by id or its beginning; default all.")
    List<String> ids = List.of();

    @Option(
            names = {"-w", "--watch"},
            description =
                    "Go on showing it as it changes; with --json all that waits, a line each.")
    boolean watch;

    InboxCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (watch && !ids.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--watch shows all that waits",
                    "leave out the IDs, or --watch");
        }
        if (watch) {
            return watch().status();
        }
        List<RequestRow> rows = new ArrayList<>();
        if (ids.isEmpty()) {
            rows.addAll(Arrays.asList(context.service().get(Paths.requests(), RequestRow[].class)));
        }
        for (String id : ids) {
            rows.add(context.service().get(Paths.request(id, ""), RequestRow.class));
        }
        if (context.options().json) {
            context.console().json(Json.write(rows));
        } else {
            lines(rows, context.console()).forEach(context.console()::line);
        }
        return ExitCode.OK.status();
    }

    private ExitCode watch() throws Exception {
        Console console = context.console();
        BoardFeed feed = BoardFeed.of(context.service(), List.of());
        if (!console.outTerminal() || context.options().json) {
            return print(feed, console);
        }
        try (OwnTerminal terminal = OwnTerminal.open()) {
            terminal.quieten();
            InPlace place = new InPlace(console);
            while (true) {
                feed.await(TICK_MILLIS);
                int width = terminal.columns();
                List<String> lines = new ArrayList<>();
                feed.board().ifPresent(board -> lines.addAll(lines(rows(board), console)));
                feed.trouble().ifPresent(why -> lines.add("as last known: " + why));
                lines.replaceAll(line -> console.colour() ? line : Columns.fit(line, width));
                if (!lines.isEmpty()) {
                    place.draw(lines, terminal.rows() - 1);
                }
            }
        }
    }

    private ExitCode print(BoardFeed feed, Console console) throws Exception {
        List<RequestRow> before = null;
        while (!console.out().checkError()) {
            switch (feed.take()) {
                case Heard.Event _ -> {
                    List<RequestRow> rows = feed.board().map(InboxCommand::rows).orElse(before);
                    if (rows != null && !rows.equals(before)) {
                        if (context.options().json) {
                            console.json(Json.write(rows));
                        } else {
                            lines(rows, console).forEach(console::line);
                            console.line("");
                        }
                        before = rows;
                    }
                }
                case Heard.Lost(String why) -> context.warn(why + "; trying again");
                case Heard.Refused refused -> throw refused.problem();
            }
        }
        return ExitCode.OK;
    }

    private static List<RequestRow> rows(Board board) {
        return board.requests().stream().sorted(Comparator.comparing(RequestRow::askedAt)).toList();
    }

    private static List<String> lines(List<RequestRow> rows, Console console) {
        return InboxView.of(rows, console.colour(), Instant.now()).draw(rows);
    }
}
