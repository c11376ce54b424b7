package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.api.SessionRow;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Console;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "log", description = "What happened in a session, as a timeline.")
final class LogCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    @Option(
            names = {"-f", "--follow"},
            description =
                    "Go on with what happens, until the session ends; with --json one entry a line.")
    boolean follow;

    LogCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ServiceClient service = context.service();
        Console console = context.console();
        LogView view = new LogView(console, ZoneId.systemDefault());
        if (!follow) {
            String log = service.text(Paths.session(session, "/log"));
            if (context.options().json) {
                console.json(log);
            } else {
                for (LogEntry entry : Json.read(log, LogEntry[].class)) {
                    view.print(entry);
                }
            }
            return ExitCode.OK.status();
        }
        follow(service, view);
        return ExitCode.OK.status();
    }

    private void follow(ServiceClient service, LogView view) throws Exception {
        AtomicLong last = new AtomicLong();
        SessionEvents.Listener listener =
                new SessionEvents.Listener() {
                    @Override
                    public boolean entry(LogEntry entry) {
                        last.set(entry.seq());
                        return print(entry, view);
                    }

                    @Override
                    public boolean session(SessionRow row) {
                        return !row.lifecycle().equals("ended");
                    }
                };
        new SessionEvents(service, session, 0).follow(listener);
        // That it ended may have been told before its last lines were.
        for (LogEntry entry : service.get(Paths.session(session, "/log"), LogEntry[].class)) {
            if (entry.seq() > last.get() && !print(entry, view)) {
                return;
            }
        }
    }

    /// @return false when nobody reads on: `muster log -f S | head`
    private boolean print(LogEntry entry, LogView view) {
        Console console = context.console();
        if (context.options().json) {
            console.json(Json.write(entry));
        } else {
            view.print(entry);
        }
        return !console.out().checkError();
    }
}
