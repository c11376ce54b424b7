package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.api.Problem;
import dev.muster.api.SessionRow;
import dev.muster.api.StartRequest;
import dev.muster.api.Ulid;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        sortOptions = false,
        description = {
            "Start an agent in a worktree of its own on a host; returns when it runs.",
            "Without a text the agent starts and waits for one."
        })
final class StartCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "HOST:REPO", description = "Where.")
    String where = "";

    @Mixin StartOptions wish = new StartOptions();

    @Parameters(
            index = "1..*",
            paramLabel = "TEXT",
            description = "The text; `-` reads it from standard input.")
    List<String> words = List.of();

    @Mixin Prompt prompt = new Prompt();

    StartCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        String text = prompt.read(words, context.surroundings()).orElse(null);
        StartRequest request = wish.request(Ulid.next(), where, text);
        ServiceClient service = context.service();
        SessionRow row = Retry.onLoss(() -> service.post("sessions", request, SessionRow.class));
        if (!StartProgress.isSettled(row)) {
            row = follow(service, row);
        }
        return conclude(service, row).status();
    }

    private SessionRow follow(ServiceClient service, SessionRow row) throws Exception {
        StartProgress progress = new StartProgress(context.console(), context.options().quiet);
        try {
            new SessionEvents(service, row.id(), 0).follow(progress);
        } finally {
            progress.erase();
        }
        return progress.settled(row);
    }

    private ExitCode conclude(ServiceClient service, SessionRow row) throws Exception {
        boolean prepared = row.lifecycle().equals("running") || row.exitCode() != null;
        if (!prepared && !row.state().equals("finished")) {
            throw new ProblemException(failure(service, row));
        }
        print(row);
        if (row.state().equals("blocked")) {
            throw new CliException(
                    ExitCode.NOT_ALLOWED,
                    row.name() + " runs, but stands before a dialog: " + row.detail(),
                    "it goes on once that is answered: muster attach " + row.name());
        }
        if (row.lifecycle().equals("running") || row.state().equals("finished")) {
            return ExitCode.OK;
        }
        throw new CliException(
                ExitCode.FAILED,
                row.name() + " started and has ended already, exit status " + row.exitCode(),
                "see what it did: muster log " + row.name());
    }

    private Problem failure(ServiceClient service, SessionRow row) throws Exception {
        LogEntry culprit = null;
        for (LogEntry entry : service.get(Paths.session(row.id(), "/log"), LogEntry[].class)) {
            // The step that has output is the one to show; without any, the last one.
            if (entry.step() != null
                    && (culprit == null || culprit.output() == null || entry.output() != null)) {
                culprit = entry;
            }
        }
        return new Problem(
                "about:blank",
                "Not started",
                0,
                reason(row, culprit),
                Problem.Code.FAILED,
                "then start it again; what is left of this one goes with: muster rm " + row.name(),
                row.host(),
                culprit == null ? null : culprit.step(),
                culprit == null ? null : culprit.output(),
                List.of());
    }

    private static String reason(SessionRow row, @Nullable LogEntry culprit) {
        if (row.detail() != null && !row.detail().isBlank()) {
            return row.detail();
        }
        return culprit != null ? culprit.text() : "the session is " + row.state();
    }

    private void print(SessionRow row) {
        Console console = context.console();
        if (context.options().json) {
            console.json(Json.write(row));
            return;
        }
        if (context.options().quiet) {
            console.line(row.id());
            return;
        }
        String name = Escape.line(row.name());
        console.line(
                name
                        + " on "
                        + Escape.line(row.host())
                        + (row.branch() == null ? "" : ", branch " + Escape.line(row.branch()))
                        + (row.worktree() == null ? "" : ", in " + Escape.line(row.worktree())));
        console.line("  muster attach " + name + "   muster log -f " + name);
    }
}
