package dev.muster.cli;

import dev.muster.api.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Drop the rows of a host that is no longer in the hosts file.",
            "Nothing is touched on the host itself: its sessions go on."
        })
final class ForgetCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "HOST", description = "The host.")
    String host = "";

    ForgetCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Actions.print(context.service().delete(Paths.host(host, ""), Outcome.class), context);
        return ExitCode.OK.status();
    }
}
