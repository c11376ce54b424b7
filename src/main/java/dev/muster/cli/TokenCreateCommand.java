package dev.muster.cli;

import dev.muster.api.NewToken;
import dev.muster.api.TokenRequest;
import dev.muster.cli.client.Json;
import dev.muster.cli.text.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Make a token for a program or an agent, and print it, this once.",
            "The service keeps only its digest. Send it as `Authorization: Bearer TOKEN`, or give it"
                    + " to a command as $$MUSTER_TOKEN."
        })
final class TokenCreateCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "SCOPE",
            description =
                    "read: look; act: also start, send, interrupt, stop, resume and remove;"
                            + " approve: also answer what agents ask, where hosts.yaml says"
                            + " `tokens: { approve: true }`.")
    String scope = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the audit calls whoever shows it (default: SCOPE-1, …).")
    @Nullable String name;

    TokenCreateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Console console = context.console();
        NewToken made =
                context.service().post(Paths.TOKENS, new TokenRequest(name, scope), NewToken.class);
        if (context.options().json) {
            console.json(Json.write(made));
            return ExitCode.OK.status();
        }
        // Alone on standard output, so that a script can take it.
        console.line(made.token());
        if (!context.options().quiet) {
            console.tell(
                    "This is the token "
                            + made.name()
                            + " ("
                            + made.scope()
                            + "); it is not shown again. To end it: muster token revoke "
                            + made.name());
        }
        return ExitCode.OK.status();
    }
}
