package dev.muster.cli;

import dev.muster.api.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Start an ended session's agent again, where it left off if it can.")
final class ResumeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Actions.print(
                context.service().post(Paths.session(session, "/resume"), null, Outcome.class),
                context);
        return ExitCode.OK.status();
    }
}
