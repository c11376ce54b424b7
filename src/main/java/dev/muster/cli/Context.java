package dev.muster.cli;

import dev.muster.api.ServiceInfo;
import dev.muster.cli.client.NoServiceException;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.client.ServiceStarter;
import dev.muster.cli.client.Token;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.host.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command stands on: the global options, where to print, and the service.
final class Context {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Surroundings surroundings;
    private final Muster options = new Muster();
    private @Nullable Console console;
    private @Nullable ServiceClient service;

    Context(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Muster options() {
        return options;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /// Made when first asked for, since it follows from the options.
    Console console() {
        if (console == null) {
            Surroundings s = surroundings;
            boolean colour = s.outTerminal() && !options.noColor && s.env("NO_COLOR").isEmpty();
            console =
                    new Console(
                            s.out(),
                            s.err(),
                            s.outTerminal(),
                            s.errTerminal(),
                            colour,
                            s.columns().getAsInt());
        }
        return console;
    }

    PrintWriter out() {
        return console().out();
    }

    /// The hosts file that this command means, whether it exists or not.
    Path hostsFile() {
        return namedHostsFile()
                .orElseGet(() -> surroundings.folders().hostsFile())
                .toAbsolutePath()
                .normalize();
    }

    private Optional<Path> namedHostsFile() {
        return options.hosts().or(() -> surroundings.env("MUSTER_HOSTS").map(Path::of));
    }

    /// The service, started if need be. Asks it who it is, and says what a person should know.
    ///
    /// @throws NoServiceException when none answers and none can be started
    ServiceClient service()
            throws IOException, ProblemException, InterruptedException, CliException {
        if (service == null) {
            ServiceClient client = client();
            ServiceInfo info;
            try {
                info = client.get("service", ServiceInfo.class);
            } catch (NoServiceException e) {
                if (!e.refused() || !client.address().local() || options.noStart) {
                    throw e;
                }
                start(client);
                info = client.get("service", ServiceInfo.class);
            }
            if (client.address().isLoopback()) {
                new Greeting(this, client).greet(info);
            }
            service = client;
        }
        return service;
    }

    /// A client of the service, whether one answers or not.
    ServiceClient client() throws CliException {
        Token token = Token.of(surroundings.env(), surroundings.folders().token());
        return new ServiceClient(address(), token);
    }

    private ServiceAddress address() throws CliException {
        String named = options.server().or(() -> surroundings.env("MUSTER_SERVER")).orElse(null);
        if (named == null) {
            return new ServiceAddress(surroundings.defaultServer(), true);
        }
        try {
            return ServiceAddress.named(named);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, "" + e.getMessage(), null);
        }
    }

    private void start(ServiceClient client)
            throws InterruptedException, ProblemException, CliException {
        List<String> command = surroundings.launcher(namedHostsFile());
        Folders folders = surroundings.folders();
        try {
            new ServiceStarter(command, folders.data(), PATIENCE)
                    .start(() -> answers(client), this::announce);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.NO_SERVICE,
                    "No service answers at "
                            + client.address().base()
                            + ", and none could be started. "
                            + e.getMessage(),
                    "see what it says by itself: muster serve");
        }
    }

    private void announce() {
        console()
                .tell(
                        "muster: starting the service in the background (muster stop-service ends"
                                + " it; sessions go on without it)");
    }

    /// Any answer is one: a service that refuses our token is there, and says so later.
    static boolean answers(ServiceClient client) {
        try {
            client.text("service");
            return true;
        } catch (ProblemException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// A warning, unless `--quiet`.
    void warn(String text) {
        if (!options.quiet) {
            console().tell("muster: " + Escape.line(text));
        }
    }
}
