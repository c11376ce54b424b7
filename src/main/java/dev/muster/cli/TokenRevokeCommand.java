package dev.muster.cli;

import dev.muster.api.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "End tokens at once, with every connection that they opened.")
final class TokenRevokeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The tokens' names.")
    List<String> names = List.of();

    TokenRevokeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return Actions.each(
                        names,
                        context,
                        name -> context.service().delete(Paths.token(name), Outcome.class))
                .status();
    }
}
