package dev.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `muster token`, which lists them, with `create`, `list` and `revoke` below it.
@Command(
        name = "token",
        description = {
            "Tokens for programs and agents: each may do what its scope says, and no more.",
            "Without a command below it, lists them."
        })
final class TokenCommand implements Callable<Integer> {
    private final Context context;

    TokenCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return new TokenListCommand(context).call();
    }
}
