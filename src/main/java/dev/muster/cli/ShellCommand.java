package dev.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "shell", description = "A shell in a session's worktree, on its host.")
final class ShellCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    ShellCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return new Attachment(context).open(session, "shell", false, false).status();
    }
}
