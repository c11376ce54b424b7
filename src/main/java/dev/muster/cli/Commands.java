package dev.muster.cli;

import java.util.List;
import picocli.CommandLine;

/// Every command, in the order of the help.
final class Commands {
    private Commands() {}

    static List<Object> all(Context context) {
        return List.of(
                new StartCommand(context),
                new StatusCommand(context),
                new AttachCommand(context),
                new ShellCommand(context),
                new PeekCommand(context),
                new LogCommand(context),
                new SendCommand(context),
                new InterruptCommand(context),
                new DiffCommand(context),
                new StopCommand(context),
                new ResumeCommand(context),
                new RemoveCommand(context),
                new CommandLine(new HostsCommand(context))
                        .addSubcommand(new HostsCheckCommand(context))
                        .addSubcommand(new HostsTrustCommand(context)),
                new DoctorCommand(context),
                new UnlockCommand(context),
                new ForgetCommand(context),
                new StopServiceCommand(context),
                new VersionCommand(context),
                new NamesCommand(context));
    }
}
