package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.HostRow;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import dev.muster.api.Template;
import dev.muster.api.Templates;
import dev.muster.cli.client.ProblemException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Names for the shell's completion, one a line; silent where there is no service.
@Command(name = "__names", hidden = true, description = "Names for completion.")
final class NamesCommand implements Callable<Integer> {
    /// Shells expand what completion gives them, and a session's name comes from a host.
    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N}._@:/+-]+");

    private final Context context;

    @Parameters(paramLabel = "KIND")
    String kind = "";

    NamesCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws CliException {
        try {
            names().filter(name -> HARMLESS.matcher(name).matches())
                    .distinct()
                    .forEach(context.console()::line);
            return ExitCode.OK.status();
        } catch (IOException | ProblemException e) {
            return ExitCode.NO_SERVICE.status();
        }
    }

    private Stream<String> names() throws IOException, ProblemException, CliException {
        if (kind.equals("template")) {
            return context.client().get("templates", Templates.class).templates().stream()
                    .map(Template::name);
        }
        Board board = context.client().get("board", Board.class);
        Stream<String> hosts = board.hosts().stream().map(HostRow::name);
        return switch (kind) {
            case "session" -> board.sessions().stream().map(SessionRow::name);
            case "host" -> hosts;
            case "request" -> board.requests().stream().map(RequestRow::id);
            case "repo" ->
                    board.hosts().stream()
                            .flatMap(h -> h.repos().stream().map(repo -> h.name() + ":" + repo));
            default -> Stream.concat(hosts, board.sessions().stream().map(SessionRow::name));
        };
    }
}
