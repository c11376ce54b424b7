package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.api.SessionRow;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.demo.Demo;
import dev.muster.demo.DemoHost;
import dev.muster.demo.DemoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sets a demo up, shows it, and says what went wrong where something did.
final class DemoRun {
    private static final int LOG_LINES = 6;

    private final Context context;
    private final Console console;
    private final Demo demo;
    private @Nullable DemoService service;
    private volatile boolean ending;

    DemoRun(Context context, Demo demo) {
        this.context = context;
        this.console = context.console();
        this.demo = demo;
    }

    /// @param port 0 for any that is free
    ExitCode run(int port, boolean openSsh) throws Exception {
        DemoShow show = new DemoShow(console, demo, this::isEnding);
        try {
            begin("Muster demo: making three hosts …");
            List<DemoHost> hosts = demo.setUp(openSsh);
            begin("Muster demo: starting the service …");
            DemoService started = demo.serve(context.surroundings().serve(), port);
            service = started;
            Context inside = inside(started);
            ServiceClient client = inside.client();
            started.await(() -> Context.answers(client));
            demo.writeEnv(started, launcher());
            begin("Muster demo: connecting to the hosts …");
            List<SessionRow> sessions = show.run(inside, hosts);
            return judge(client, sessions);
        } catch (InterruptedException | CliException e) {
            throw e;
        } catch (Exception e) {
            throw new CliException(
                    ExitCode.FAILED, "The demo failed. " + e.getMessage() + serviceLog(), fix());
        }
    }

    /// One line that the next one and the board replace, on a terminal.
    private void begin(String text) {
        console.out().print(console.outTerminal() ? "\r" + text + "\u001b[K" : text + "\n");
        console.out().flush();
    }

    /// A command's surroundings in which the demo's service is the only one.
    private Context inside(DemoService started) {
        Surroundings here = context.surroundings();
        Map<String, String> env = new HashMap<>(demo.environment().control());
        env.put("MUSTER_SERVER", started.address().toString());
        here.env("NO_COLOR").ifPresent(value -> env.put("NO_COLOR", value));
        Context inside = new Context(here.in(env, demo.environment().folders()));
        inside.options().noStart = true;
        inside.options().noColor = context.options().noColor;
        return inside;
    }

    /// The folder of the `muster` that this command came by, where it came by one.
    private static Optional<Path> launcher() {
        return Optional.ofNullable(System.getProperty("muster.launcher"))
                .map(launcher -> Path.of(launcher).toAbsolutePath().getParent());
    }

    private ExitCode judge(ServiceClient client, List<SessionRow> sessions) throws Exception {
        List<SessionRow> bad =
                sessions.stream().filter(row -> !row.state().equals("finished")).toList();
        if (bad.isEmpty() || !demo.agent().ends()) {
            return ExitCode.OK;
        }
        StringBuilder said = new StringBuilder();
        for (SessionRow row : bad) {
            said.append(row.host()).append('/').append(row.name()).append(" is ");
            said.append(row.state());
            said.append(row.detail() == null ? "" : ": " + row.detail()).append('\n');
            LogEntry[] log = client.get(Paths.session(row.id(), "/log"), LogEntry[].class);
            for (int i = Math.max(0, log.length - LOG_LINES); i < log.length; i++) {
                said.append("    ").append(Escape.line(log[i].text())).append('\n');
            }
        }
        throw new CliException(
                ExitCode.FAILED,
                "The demo's sessions did not all finish:\n" + said + serviceLog(),
                fix());
    }

    private String serviceLog() {
        DemoService started = service;
        return started == null
                ? ""
                : "\nThe end of the service's log:\n" + started.logTail().indent(4).stripTrailing();
    }

    private String fix() {
        return Files.exists(demo.folder().hostsFile())
                ? "look into it with `muster demo --keep`, which leaves its folder and logs behind"
                : "set that right, and run it again";
    }

    /// Ends all of it; waits where another thread does so already.
    void end() throws IOException, InterruptedException {
        boolean first;
        synchronized (this) {
            first = !ending;
            ending = true;
        }
        if (first) {
            console.out().flush();
            console.tell("Ending the demo …");
        }
        demo.close();
        if (first) {
            boolean kept = Files.exists(demo.folder().root());
            console.tell(
                    kept
                            ? "Nothing of it runs any more; its files are in "
                                    + demo.folder().root()
                            : "Nothing of it is left.");
        }
    }

    /// Whether {@link #end} has begun.
    boolean isEnding() {
        return ending;
    }
}
