package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.Board;
import dev.muster.cli.client.Json;
import dev.muster.cli.text.Console;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `muster hosts`, with `check` and `trust` below it. The names of these two come first: a host
/// that is called so is shown by `muster status check`.
@Command(
        name = "hosts",
        description = {
            "Every host: its state, latency, sessions, and what is missing there.",
            "LOAD is of the last minute and stands before the number of processors, FREE is the room"
                    + " where Muster's folder is."
        })
final class HostsCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "WHAT",
            description = "Hosts, ranges (dev-1..4) or groups (@backend); default all.")
    List<String> what = List.of();

    HostsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        String board = context.service().text(Paths.boardHosts(what));
        if (context.options().json) {
            console.json(Json.read(board, JsonNode.class).path("hosts").toString());
            return ExitCode.OK.status();
        }
        new HostsView(console.width(), console.colour(), Instant.now())
                .draw(Json.read(board, Board.class).hosts())
                .forEach(console::line);
        return ExitCode.OK.status();
    }
}
