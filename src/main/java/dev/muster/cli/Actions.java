package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.cli.client.Json;
import dev.muster.cli.text.Escape;
import java.util.List;

/// What the commands that do something have in common: how they say what became of it.
final class Actions {
    private Actions() {}

    static void print(Outcome outcome, Context context) {
        if (context.options().json) {
            context.console().json(Json.write(outcome));
            return;
        }
        if (!context.options().quiet) {
            context.console().line(Escape.line(outcome.text()));
            outcome.notes().forEach(note -> context.console().line("  " + Escape.line(note)));
        }
    }

    /// Does it for each of several; one that fails does not keep it from the others.
    ///
    /// @return the status of the first that failed, or OK
    static ExitCode each(List<String> refs, Context context, Action action) throws Exception {
        // Without a service it is one failure, not one for each.
        context.service();
        ExitCode status = ExitCode.OK;
        for (String ref : refs) {
            try {
                print(action.on(ref), context);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                ExitCode failed = Failures.report(e, context.console(), context.options().json);
                status = status == ExitCode.OK ? failed : status;
            }
        }
        return status;
    }

    /// @see #each
    interface Action {
        Outcome on(String ref) throws Exception;
    }
}
