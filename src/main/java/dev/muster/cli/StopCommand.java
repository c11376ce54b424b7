package dev.muster.cli;

import dev.muster.api.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        description = "End sessions' agents. Their worktrees and branches stay: see resume and rm.")
final class StopCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "1..*", paramLabel = "S", description = "Sessions.")
    List<String> sessions = List.of();

    StopCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return Actions.each(
                        sessions,
                        context,
                        s -> context.service().post(Paths.session(s, "/stop"), null, Outcome.class))
                .status();
    }
}
