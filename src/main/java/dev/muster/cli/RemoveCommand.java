package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.cli.client.ProblemException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description = {
            "Remove ended sessions with their worktrees and branches.",
            "Refused (exit status 4) while that could lose work; what would be lost is listed."
        })
final class RemoveCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "1..*", paramLabel = "S", description = "Sessions.")
    List<String> sessions = List.of();

    @Option(
            names = "--force",
            description = "Save what would be lost first, say how to get it back, then remove.")
    boolean force;

    RemoveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return Actions.each(sessions, context, this::remove).status();
    }

    private Outcome remove(String session) throws Exception {
        String query = force ? "?force=true" : "";
        try {
            return context.service().delete(Paths.session(session, query), Outcome.class);
        } catch (ProblemException e) {
            throw new ProblemException(withFix(e.problem(), session));
        }
    }

    /// A refusal always says how to go on.
    private Problem withFix(Problem p, String session) {
        if (p.code() != Problem.Code.WOULD_LOSE || p.fix() != null) {
            return p;
        }
        String fix =
                force
                        ? "save by hand what is listed, then do it again"
                        : "commit and push it (muster shell "
                                + session
                                + "), or save it aside and remove: muster rm --force "
                                + session;
        return p.withFix(fix);
    }
}
