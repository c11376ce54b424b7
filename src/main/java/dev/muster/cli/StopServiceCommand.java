package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.cli.client.NoServiceException;
import dev.muster.cli.client.ServiceClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "stop-service",
        description = {
            "End the control service.",
            "Sessions go on running on their hosts; the next service finds them again."
        })
final class StopServiceCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final Context context;

    StopServiceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ServiceClient client = context.client();
        Outcome outcome;
        try {
            outcome = client.post("service/stop", null, Outcome.class);
        } catch (NoServiceException e) {
            if (!e.refused()) {
                throw e;
            }
            // What was wanted is the case.
            outcome = new Outcome("No service runs at " + client.address().base(), List.of());
        }
        awaitEnd(client);
        Actions.print(outcome, context);
        return ExitCode.OK.status();
    }

    /// So that a command right after this one never meets a service that is going away.
    private static void awaitEnd(ServiceClient client) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                client.text("service");
            } catch (NoServiceException e) {
                if (e.refused()) {
                    return;
                }
            } catch (IOException e) {
                // Half an answer from a service that goes away.
            }
            Thread.sleep(20);
        }
        throw new CliException(
                ExitCode.FAILED,
                "The service at "
                        + client.address().base()
                        + " still answers "
                        + PATIENCE.toSeconds()
                        + " s after it was asked to end",
                "find its process with: muster version");
    }
}
