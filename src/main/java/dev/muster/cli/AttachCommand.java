package dev.muster.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        description = {
            "The agent's own terminal, here. Ctrl-b d leaves it running.",
            "Connects again by itself when the connection breaks. While others look at it too,",
            "it keeps their size."
        })
final class AttachCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "S", description = "The session.")
    String session = "";

    @Option(names = "--read-only", description = "Look only: nothing that you type reaches it.")
    boolean readOnly;

    @Option(names = "--resize", description = "Give it this terminal's size, whoever looks at it.")
    boolean resize;

    AttachCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return new Attachment(context).open(session, "agent", readOnly, !resize).status();
    }
}
