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

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "HOST:REPO",
            description = "Where; what a template says of it may be left out.")
    String where = "";

    @Mixin StartOptions wish = new StartOptions();

    @Mixin StartTemplate template = new StartTemplate();

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
        StartRequest request = wish.request(Ulid.next(), where, template.chosen(context, text));
        ServiceClient service = context.service();
        SessionRow row = Retry.onLoss(() -> service.post("sessions", request, SessionRow.class));
        if (!StartProgress.isSettled(row) && !row.stale()) {
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
        if (!StartProgress.isSettled(row)) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    row.host()
                            + " can't be reached now; "
                            + row.name()
                            + " was "
                            + row.state()
                            + " when it was last heard of",
                    "nothing is lost, it goes on when the host is back: muster log -f "
                            + row.name());
        }
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

    /// What ended the start, in the service's words.
    private Problem failure(ServiceClient service, SessionRow row) throws Exception {
        Problem last = null;
        for (LogEntry entry : service.get(Paths.session(row.id(), "/log"), LogEntry[].class)) {
            last = entry.problem() == null ? last : entry.problem();
        }
        // It ended in another way: stopped by somebody, or lost with its host.
        Problem why =
                last != null
                        ? last
                        : new Problem(
                                "about:blank",
                                "Not started",
                                0,
                                row.name()
                                        + " is "
                                        + row.state()
                                        + (row.detail() == null ? "" : ": " + row.detail()),
                                Problem.Code.FAILED,
                                null,
                                row.host(),
                                null,
                                null,
                                List.of(),
                                null);
        String rest = "what is left of this one goes with: muster rm " + row.name();
        return why.withFix(why.fix() == null ? rest : why.fix() + " (" + rest + ")");
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
