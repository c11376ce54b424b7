package dev.muster.cli;

import dev.muster.api.UsageReport;
import dev.muster.cli.text.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "usage",
        description = {
            "What agents used, as they say themselves: cost, tokens, lines.",
            "A subscription pays another price than COST. IN: tokens that came into contexts; OUT:"
                    + " tokens of replies."
        })
final class UsageCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "The first day (2026-11-20), or how many days (7d). Default: 7d.")
    String since = "7d";

    @Option(
            names = "--by",
            paramLabel = "WORD",
            description = "account, host, repo, model or day. Default: day.")
    String by = "day";

    UsageCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        String path = Paths.usage(since, by);
        if (context.options().json) {
            console.json(context.service().text(path));
        } else {
            new UsageTable(console.width(), console.colour())
                    .draw(context.service().get(path, UsageReport.class))
                    .forEach(console::line);
        }
        return ExitCode.OK.status();
    }
}
