package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.SessionRow;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "interrupt",
        description = {
            "Stop what the agent is doing now; the session goes on and waits for you.",
            "Ends when the agent has stopped, where it says so."
        })
final class InterruptCommand implements Callable<Integer> {
    private static final String WORKING = "working";

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "S",
            description = "The session; with --all hosts, a range or a @group (default: all).")
    String session = "";

    @Option(names = "--all", description = "Every working session of S.")
    boolean all;

    InterruptCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (all) {
            List<String> what = session.isEmpty() ? List.of() : List.of(session);
            List<SessionRow> working =
                    Fan.running(context, what).stream()
                            .filter(row -> row.state().equals(WORKING))
                            .toList();
            if (working.isEmpty()) {
                throw new CliException(
                        ExitCode.NOT_FOUND,
                        "No session is working" + (session.isEmpty() ? "" : " in " + session),
                        "muster status lists them");
            }
            return Fan.out(context, working, this::interrupt).status();
        }
        if (session.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "No session was named", "name one, or --all");
        }
        Actions.print(interrupt(session), context);
        return ExitCode.OK.status();
    }

    private Outcome interrupt(String ref) throws Exception {
        return context.service().post(Paths.session(ref, "/interrupt"), null, Outcome.class);
    }
}
