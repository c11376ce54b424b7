package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.UnlockRequest;
import dev.muster.cli.client.ServiceClient;
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
            description = "The account's password (default: the passphrase of its key).")
    boolean password;

    UnlockCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        // Before the question: where there is no service, nobody types a secret in vain.
        ServiceClient service = context.service();
        String kind = password ? "password" : "passphrase";
        String secret =
                new Question(context)
                        .secret(
                                password
                                        ? "Password for " + host + ": "
                                        : "Passphrase of the key for " + host + ": ");
        Actions.print(
                service.post(
                        Paths.host(host, "/unlock"),
                        new UnlockRequest(kind, secret),
                        Outcome.class),
                context);
        return ExitCode.OK.status();
    }
}
