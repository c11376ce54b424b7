package dev.muster.cli;

import dev.muster.api.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "interrupt",
        description = "Stop what the agent is doing now; the session goes on and waits for you.")
final class InterruptCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    InterruptCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Actions.print(
                context.service().post(Paths.session(session, "/interrupt"), null, Outcome.class),
                context);
        return ExitCode.OK.status();
    }
}
