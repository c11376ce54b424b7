package dev.muster.cli;

import dev.muster.api.Diff;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description =
                "What a session changed against its base: committed, uncommitted and untracked.")
final class DiffCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    @Option(names = "--stat", description = "One line for each file.")
    boolean stat;

    DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        String path = Paths.session(session, "/diff?stat=" + stat);
        Console console = context.console();
        if (context.options().json) {
            console.json(context.service().text(path));
            return ExitCode.OK.status();
        }
        Diff diff = context.service().get(path, Diff.class);
        if (stat) {
            table(diff, console);
        } else {
            diff.patch().lines().forEach(line -> console.line(colour(line, console)));
        }
        if (diff.truncated()) {
            console.tell(
                    "muster: the patch is cut here; the whole is in the worktree: muster shell");
        }
        return ExitCode.OK.status();
    }

    private static String colour(String line, Console console) {
        String safe = Escape.lines(line);
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
            return console.paint(Style.BOLD, safe);
        }
        if (line.startsWith("@@")) {
            return console.paint(Style.CYAN, safe);
        }
        if (line.startsWith("+")) {
            return console.paint(Style.GREEN, safe);
        }
        return line.startsWith("-") ? console.paint(Style.RED, safe) : safe;
    }

    private static void table(Diff diff, Console console) {
        Table table =
                new Table(
                        Column.text("", 1),
                        Column.tail("FILE", 10),
                        Column.number("+", 3),
                        Column.number("-", 3),
                        Column.text("", 0));
        int added = 0;
        int removed = 0;
        for (Diff.FileChange file : diff.files()) {
            added += Math.max(0, file.added());
            removed += Math.max(0, file.removed());
            table.row(
                    Cell.of(Escape.line(file.status())),
                    Cell.of(Escape.line(file.path())),
                    new Cell(count(file.added()), Style.GREEN),
                    new Cell(count(file.removed()), Style.RED),
                    new Cell(file.committed() ? "" : "not committed", Style.YELLOW));
        }
        if (!diff.files().isEmpty()) {
            table.render(console.width(), console.colour()).forEach(console::line);
        }
        console.line(
                diff.files().size()
                        + (diff.files().size() == 1 ? " file" : " files")
                        + " against "
                        + Escape.line(diff.base())
                        + ", +"
                        + added
                        + " -"
                        + removed);
    }

    private static String count(int lines) {
        return lines < 0 ? "binary" : Integer.toString(lines);
    }
}
