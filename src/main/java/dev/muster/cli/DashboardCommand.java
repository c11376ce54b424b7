package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.PageCode;
import dev.muster.cli.client.Json;
import dev.muster.cli.text.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "dashboard",
        description = {
            "Open the page in the browser, signed in.",
            "The address holds a code that works once, for two minutes."
        })
final class DashboardCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--no-browser", description = "Only print the address.")
    boolean noBrowser;

    @Option(names = "--sign-out", description = "Sign every browser out, instead.")
    boolean signOut;

    DashboardCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        if (signOut) {
            console.line(context.service().delete(Paths.SIGN_INS, Outcome.class).text());
            return ExitCode.OK.status();
        }
        PageCode code = context.service().post(Paths.PAGE_CODES, null, PageCode.class);
        if (context.options().json) {
            console.json(Json.write(code));
            return ExitCode.OK.status();
        }
        String address = context.service().address().base() + "/#code=" + code.code();
        if (!noBrowser && Browser.open(address)) {
            console.tell("The page opens in the browser. If it does not, this opens it, once:");
        }
        console.line(address);
        return ExitCode.OK.status();
    }
}
