package dev.muster.cli;

import dev.muster.api.TokenRow;
import dev.muster.cli.client.Json;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Table;
import dev.muster.cli.text.Table.Cell;
import dev.muster.cli.text.Table.Column;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Every token that is good: its name, scope and age.")
final class TokenListCommand implements Callable<Integer> {
    private final Context context;

    TokenListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        String document = context.service().text(Paths.TOKENS);
        if (context.options().json) {
            console.json(document);
            return ExitCode.OK.status();
        }
        TokenRow[] rows = Json.read(document, TokenRow[].class);
        if (rows.length == 0) {
            console.line("No tokens. Make one with: muster token create --scope read");
            return ExitCode.OK.status();
        }
        Table table =
                new Table(
                        Column.text("TOKEN", 8), Column.text("SCOPE", 7), Column.number("AGE", 4));
        Instant now = Instant.now();
        for (TokenRow row : rows) {
            table.row(
                    Cell.of(Escape.line(row.name())),
                    Cell.of(Escape.line(row.scope())),
                    Cell.of(Ages.age(row.createdAt(), now)));
        }
        table.render(console.width(), console.colour()).forEach(console::line);
        return ExitCode.OK.status();
    }
}
