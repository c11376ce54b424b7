package dev.muster.cli;

import dev.muster.api.HostKey;
import dev.muster.api.Outcome;
import dev.muster.api.TrustRequest;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trust",
        description = {
            "Show the key that a host offers, and accept it once you have compared it.",
            "It is kept in Muster's own known_hosts; yours is only read."
        })
final class HostsTrustCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "HOST", description = "The host.")
    String host = "";

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:…",
            description = "Accept without asking if it is this one, and no other.")
    @Nullable String fingerprint;

    HostsTrustCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ServiceClient service = context.service();
        HostKey key = service.get(Paths.host(host, "/key"), HostKey.class);
        if (key.state().equals("known")) {
            Actions.print(
                    new Outcome(
                            key.name() + " offers the key that is known already",
                            List.copyOf(key.fingerprints())),
                    context);
            return ExitCode.OK.status();
        }
        if (key.fingerprints().isEmpty()) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    key.name() + " has offered no key yet",
                    "see whether it can be reached: muster doctor " + key.name());
        }
        String offered = bare(key.fingerprints().getFirst());
        if (fingerprint == null) {
            ask(key);
        } else if (key.fingerprints().stream().noneMatch(f -> bare(f).equals(bare(fingerprint)))) {
            throw new CliException(
                    ExitCode.NOT_ALLOWED,
                    key.name()
                            + " offers "
                            + String.join(", ", key.fingerprints())
                            + ", not "
                            + fingerprint,
                    "find out why before you trust it: someone may stand in between");
        } else {
            offered = bare(fingerprint);
        }
        Actions.print(
                service.post(Paths.host(host, "/trust"), new TrustRequest(offered), Outcome.class),
                context);
        return ExitCode.OK.status();
    }

    private void ask(HostKey key) throws CliException {
        Console console = context.console();
        boolean changed = key.state().equals("changed");
        console.tell(
                Escape.line(key.name()) + " (" + Escape.line(key.address()) + ") offers this key:");
        key.fingerprints().forEach(f -> console.tell("  " + Escape.line(f)));
        if (changed) {
            console.tell("It is NOT the one that is known" + source(key) + ":");
            key.expected().forEach(f -> console.tell("  " + Escape.line(f)));
            console.tell(
                    "Someone may stand in between, or the host was set up anew. Ask its keeper.");
        } else {
            console.tell("Compare it with what the host says: ssh-keygen -lf KEY.pub");
        }
        if (!context.surroundings().inTerminal()) {
            throw new CliException(
                    ExitCode.NOT_ALLOWED,
                    "Only a person can accept it, and there is no terminal to ask one on",
                    "give the one that you expect: --fingerprint SHA256:…");
        }
        // A changed key takes more than a habit of the fingers.
        String yes = changed ? "replace" : "yes";
        String answer = new Question(context).ask("Type `" + yes + "` to accept it: ");
        if (!answer.strip().equalsIgnoreCase(yes)) {
            throw new CliException(ExitCode.NOT_ALLOWED, "Not accepted", null);
        }
    }

    private static String source(HostKey key) {
        return key.source() == null ? "" : " from " + Escape.line(key.source());
    }

    /// The fingerprint without the key's type before it.
    private static String bare(String fingerprint) {
        String text = fingerprint.strip();
        return text.substring(text.lastIndexOf(' ') + 1);
    }
}
