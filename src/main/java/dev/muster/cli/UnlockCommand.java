package dev.muster.cli;

import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.UnlockRequest;
import dev.muster.cli.client.ServiceClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unlock",
        description = {
            "Give the service a host's secret. It is held in the service's memory only.",
            "Asked for on the terminal, else read as a line from standard input."
        })
final class UnlockCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "HOST", description = "The host.")
    String host = "";

    @Option(
            names = "--password",
            description = "It is the account's password (default: what the host waits for).")
    boolean password;

    UnlockCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        // Before the question: where there is no service, nobody types a secret in vain.
        ServiceClient service = context.service();
        HostLock lock = service.get(Paths.host(host, "/lock"), HostLock.class);
        if (!password && lock.state().equals("online")) {
            Actions.print(
                    new Outcome(host + " is online: it waits for no secret", List.of()), context);
            return ExitCode.OK.status();
        }
        boolean asPassword = password || "password".equals(lock.kind());
        String secret =
                new Question(context)
                        .secret(
                                asPassword
                                        ? "Password for " + host + ": "
                                        : "Passphrase of the key for " + host + ": ");
        Actions.print(
                service.post(
                        Paths.host(host, "/unlock"),
                        new UnlockRequest(asPassword ? "password" : "passphrase", secret),
                        Outcome.class),
                context);
        return ExitCode.OK.status();
    }
}
