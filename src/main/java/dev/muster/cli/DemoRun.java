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
    private boolean ended;

    DemoRun(Context context, Demo demo) {
        this.context = context;
        this.console = context.console();
        this.demo = demo;
    }

    /// @param port 0 for any that is free
    ExitCode run(int port, boolean openSsh) throws Exception {
        DemoShow show = new DemoShow(console, demo);
        try {
            console.line("Muster demo: making three hosts …");
            console.out().flush();
            List<DemoHost> hosts = demo.setUp(openSsh);
            DemoService started = demo.serve(context.surroundings().serve(), port);
            service = started;
            Context inside = inside(started);
            ServiceClient client = inside.client();
            started.await(() -> Context.answers(client));
            demo.writeEnv(started, launcher());
            List<SessionRow> sessions = show.run(inside, hosts);
            return judge(client, sessions);
        } catch (InterruptedException | CliException e) {
            throw e;
        } catch (Exception e) {
            throw new CliException(
                    ExitCode.FAILED, "The demo failed. " + e.getMessage() + serviceLog(), fix());
        }
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
                : "a demo needs git 2.17, tmux 3.2a and a folder for temporary files";
    }

    /// Ends all of it; waits where another thread does so already.
    void end() throws IOException, InterruptedException {
        synchronized (this) {
            if (!ended) {
                ended = true;
                console.tell("Ending the demo …");
            }
        }
        demo.close();
        if (Files.exists(demo.folder().root())) {
            console.tell("What the demo made is in " + demo.folder().root());
        }
    }
}
