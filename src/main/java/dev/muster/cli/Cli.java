package dev.muster.cli;

import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.text.Escape;
import dev.muster.host.Folders;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/// Builds the command line, runs it and answers with the exit status; never exits by itself.
public final class Cli {
    private Cli() {}

    /// Runs a command in this process's own surroundings.
    ///
    /// @param extras commands of other packages, by name: each makes a Picocli command object
    public static int run(String[] args, Map<String, Supplier<Object>> extras) {
        Map<String, String> env = System.getenv();
        boolean outTerminal = Tty.isTerminal(1);
        Surroundings here =
                new Surroundings(
                        env,
                        Folders.of(env, Folders.home(env)),
                        ServiceAddress.DEFAULT,
                        System.in,
                        writer(FileDescriptor.out),
                        writer(FileDescriptor.err),
                        Tty.isTerminal(0),
                        outTerminal,
                        Tty.isTerminal(2),
                        () -> Tty.columns(env, outTerminal),
                        serve());
        return run(args, here, extras);
    }

    static int run(String[] args, Surroundings surroundings, Map<String, Supplier<Object>> extras) {
        Context context = new Context(surroundings);
        int status = commandLine(context, List.of(args), extras).execute(args);
        surroundings.out().flush();
        surroundings.err().flush();
        return status;
    }

    /// @param args those that are about to be parsed; none for the whole tree of commands
    static CommandLine commandLine(
            Context context, List<String> args, Map<String, Supplier<Object>> extras) {
        CommandLine line = new CommandLine(context.options());
        new Commands(context, extras).addTo(line, args);
        return line
                // `@backend` is a group of hosts, not a file of arguments.
                .setExpandAtFiles(false)
                .setOut(context.surroundings().out())
                .setErr(context.surroundings().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExecutionStrategy(parsed -> strategy(parsed, context))
                .setParameterExceptionHandler((e, _) -> misused(e, context))
                .setExecutionExceptionHandler(
                        (e, _, _) ->
                                Failures.report(e, context.console(), context.options().json)
                                        .status());
    }

    private static int strategy(CommandLine.ParseResult parsed, Context context) {
        List<CommandLine> all = parsed.asCommandLineList();
        CommandLine last = all.getLast();
        if (last.isUsageHelpRequested()) {
            last.usage(last.getOut());
            return ExitCode.OK.status();
        }
        if (!(last.getCommand() instanceof Callable<?>)) {
            last.usage(last.getErr());
            return ExitCode.USAGE.status();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misused(ParameterException e, Context context) {
        PrintWriter err = context.surroundings().err();
        err.println("muster: " + Escape.line(e.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("  see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.status();
    }

    /// UTF-8 whatever the locale says: so do git and every agent, and JSON is nothing else.
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(
                new BufferedWriter(
                        new OutputStreamWriter(
                                new FileOutputStream(stream), StandardCharsets.UTF_8),
                        8192));
    }

    /// What runs a service: the launcher that this command came by, else this very Java.
    private static List<String> serve() {
        String launcher = System.getProperty("muster.launcher");
        if (launcher != null) {
            return List.of(launcher, "serve");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                // The service runs in a folder of its own.
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                "dev.muster.Main",
                "serve");
    }
}
