package dev.muster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/// Every command by its name, in the order of the help, made only when it is needed: Picocli reads
/// a command's annotations by reflection, which for all of them takes longer than the board does.
final class Commands {
    /// Global options whose value is a word of its own.
    private static final Set<String> WITH_VALUE = Set.of("--server", "--hosts");

    private final Map<String, Supplier<Object>> all = new LinkedHashMap<>();

    /// @param extras commands of other packages, by name
    Commands(Context context, Map<String, Supplier<Object>> extras) {
        all.put("start", () -> new StartCommand(context));
        all.put("status", () -> new StatusCommand(context));
        all.put("attach", () -> new AttachCommand(context));
        all.put("shell", () -> new ShellCommand(context));
        all.put("peek", () -> new PeekCommand(context));
        all.put("log", () -> new LogCommand(context));
        all.put("inbox", () -> new InboxCommand(context));
        all.put("approve", () -> new AnswerCommands.Approve(context));
        all.put("deny", () -> new AnswerCommands.Deny(context));
        all.put("answer", () -> new AnswerCommands.Choose(context));
        all.put("send", () -> new SendCommand(context));
        all.put("broadcast", () -> new BroadcastCommand(context));
        all.put("interrupt", () -> new InterruptCommand(context));
        all.put("diff", () -> new DiffCommand(context));
        all.put("stop", () -> new StopCommand(context));
        all.put("resume", () -> new ResumeCommand(context));
        all.put("rm", () -> new RemoveCommand(context));
        all.put("usage", () -> new UsageCommand(context));
        all.put("hosts", () -> hosts(context));
        all.put("doctor", () -> new DoctorCommand(context));
        all.put("unlock", () -> new UnlockCommand(context));
        all.put("forget", () -> new ForgetCommand(context));
        all.put("token", () -> token(context));
        all.putAll(extras);
        all.put("demo", () -> new DemoCommand(context));
        all.put("stop-service", () -> new StopServiceCommand(context));
        all.put("version", () -> new VersionCommand(context));
        all.put("completion", () -> new CompletionCommand(context, extras));
        all.put("__names", () -> new NamesCommand(context));
    }

    private static CommandLine hosts(Context context) {
        return new CommandLine(new HostsCommand(context))
                .addSubcommand(new HostsCheckCommand(context))
                .addSubcommand(new HostsTrustCommand(context));
    }

    private static CommandLine token(Context context) {
        return new CommandLine(new TokenCommand(context))
                .addSubcommand(new TokenCreateCommand(context))
                .addSubcommand(new TokenListCommand(context))
                .addSubcommand(new TokenRevokeCommand(context));
    }

    /// Adds the one command that the arguments name; all of them where they name none, so that help
    /// and suggestions are whole.
    void addTo(CommandLine root, List<String> args) {
        Optional<String> named = named(args).filter(all::containsKey);
        all.forEach(
                (name, command) -> {
                    if (named.isEmpty() || named.get().equals(name)) {
                        root.addSubcommand(name, command.get());
                    }
                });
    }

    /// The first argument that is neither an option nor an option's value.
    private static Optional<String> named(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            if (WITH_VALUE.contains(args.get(i))) {
                i++;
            } else if (!args.get(i).startsWith("-")) {
                return Optional.of(args.get(i));
            }
        }
        return Optional.empty();
    }
}
