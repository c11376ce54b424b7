package dev.muster.cli;

import dev.muster.cli.text.Escape;
import dev.muster.demo.Demo;
import dev.muster.demo.DemoAgent;
import dev.muster.host.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Three hosts on this machine, three sessions, one board: the main job in a minute.",
            "All of it lies in a temporary folder and is gone when the demo ends. Nothing of yours"
                    + " is read or changed."
        })
final class DemoCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description =
                    "Who works: demo (default), which needs no model, or claude, with your login.")
    String agent = "demo";

    @Option(names = "--port", paramLabel = "N", description = "The service's port (a free one).")
    int port;

    @Option(
            names = "--built-in-ssh",
            description = "Use Muster's own SSH servers even where OpenSSH's is installed.")
    boolean builtInSsh;

    @Option(
            names = "--keep",
            description = "Leave the folder with repos, worktrees and logs behind.")
    boolean keep;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path parent =
                context.surroundings()
                        .env("TMPDIR")
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("java.io.tmpdir")));
        Demo demo = Demo.in(parent, context.surroundings().env(), agent());
        if (keep) {
            demo.keepFolder();
        }
        DemoRun run = new DemoRun(context, demo);
        // A signal ends the JVM without coming back here.
        Thread hook = new Thread(() -> end(run), "end-demo");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ExitCode code = run.run(port, !builtInSsh);
            run.end();
            return code.status();
        } catch (Exception e) {
            boolean signal = run.isEnding();
            run.end();
            // Whatever broke because of it is no news; the JVM answers for the signal.
            if (signal) {
                return ExitCode.FAILED.status();
            }
            throw e;
        } finally {
            unhook(hook);
        }
    }

    private DemoAgent agent() throws CliException {
        return switch (agent) {
            case "demo" -> new DemoAgent.BuiltIn();
            case "claude" -> claude();
            default ->
                    throw new CliException(
                            ExitCode.USAGE,
                            "The demo knows no agent `" + agent + "`",
                            "take --agent demo or --agent claude");
        };
    }

    private DemoAgent claude() throws CliException {
        Surroundings here = context.surroundings();
        if (!here.inTerminal() || !here.outTerminal()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "With --agent claude the demo needs a terminal: Claude Code's sessions do not"
                            + " end by themselves",
                    "run it on a terminal, or without --agent");
        }
        return DemoAgent.Claude.installed(here.env(), Folders.home(here.env()))
                .orElseThrow(
                        () ->
                                new CliException(
                                        ExitCode.FAILED,
                                        "There is no `claude` on your PATH",
                                        "install Claude Code and sign in, or leave --agent out"));
    }

    private void end(DemoRun run) {
        try {
            run.end();
        } catch (IOException e) {
            context.console().tell("muster: " + Escape.line("" + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came at the end: the hook finds everything done.
        }
    }
}
