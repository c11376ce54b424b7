package dev.muster.cli;

import dev.muster.api.Screen;
import dev.muster.cli.text.Escape;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "peek", description = "A session's screen now, as text.")
final class PeekCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "LINES",
            defaultValue = "0",
            description =
                    "That many of the last lines, scrolled-off ones too (default: the screen).")
    int lines;

    PeekCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (lines < 0) {
            throw new CliException(ExitCode.USAGE, "-n takes a number of lines from 1 up", null);
        }
        String query = lines == 0 ? "" : "?lines=" + lines;
        String path = Paths.session(session, "/screen" + query);
        if (context.options().json) {
            context.console().json(context.service().text(path));
            return ExitCode.OK.status();
        }
        Screen screen = context.service().get(path, Screen.class);
        List<String> all = screen.text().stripTrailing().lines().toList();
        all.subList(lines == 0 ? 0 : Math.max(0, all.size() - lines), all.size())
                .forEach(line -> context.console().line(Escape.lines(line)));
        return ExitCode.OK.status();
    }
}
