package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.Outcome;
import dev.muster.api.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One action on many sessions at the same time; one that fails does not keep it from the others.
final class Fan {
    private static final String OURS = "this";

    private Fan() {}

    /// Every session that runs now and is this service's.
    ///
    /// @param what hosts, ranges, groups or sessions; empty for all
    static List<SessionRow> running(Context context, List<String> what) throws Exception {
        List<SessionRow> rows =
                context.service().get(Paths.board(what), Board.class).sessions().stream()
                        .filter(row -> row.lifecycle().equals("running"))
                        .filter(row -> row.owner().equals(OURS))
                        .toList();
        if (rows.isEmpty()) {
            throw new CliException(
                    ExitCode.NOT_FOUND,
                    "No session runs" + (what.isEmpty() ? "" : " in " + String.join(", ", what)),
                    "muster status lists them");
        }
        return rows;
    }

    /// @return the status of the first that failed, in the board's order, or OK
    static ExitCode out(Context context, List<SessionRow> rows, Actions.Action action)
            throws Exception {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        ExitCode status = ExitCode.OK;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SessionRow row : rows) {
                Callable<Outcome> one = () -> action.on(row.id());
                outcomes.add(threads.submit(one));
            }
            for (Future<Outcome> outcome : outcomes) {
                try {
                    Actions.print(outcome.get(), context);
                } catch (ExecutionException e) {
                    Exception failure =
                            e.getCause() instanceof Exception cause
                                    ? cause
                                    : new IllegalStateException(e.getCause());
                    ExitCode failed =
                            Failures.report(failure, context.console(), context.options().json);
                    status = status == ExitCode.OK ? failed : status;
                }
            }
        }
        return status;
    }
}
