package dev.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = {
            "Completion for bash, zsh or fish, made from the commands themselves.",
            "bash, zsh: source <(muster completion bash). fish: muster completion fish | source."
        })
final class CompletionCommand implements Callable<Integer> {
    private final Context context;
    private final CommandLine root;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell = "";

    CompletionCommand(Context context, CommandLine root) {
        this.context = context;
        this.root = root;
    }

    @Override
    public Integer call() throws CliException {
        Completions completions = Completions.of(root);
        String script =
                switch (shell) {
                    case "bash" -> completions.bash();
                    case "zsh" -> completions.zsh();
                    case "fish" -> completions.fish();
                    default ->
                            throw new CliException(
                                    ExitCode.USAGE,
                                    "There is no completion for `" + shell + "`",
                                    "bash, zsh and fish have one");
                };
        context.out().print(script);
        return ExitCode.OK.status();
    }
}
