package dev.muster.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    private final Map<String, Supplier<Object>> extras;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell = "";

    CompletionCommand(Context context, Map<String, Supplier<Object>> extras) {
        this.context = context;
        this.extras = extras;
    }

    @Override
    public Integer call() throws CliException {
        Completions completions = Completions.of(Cli.commandLine(context, List.of(), extras));
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
