package dev.muster.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes.
@Command(
        name = "muster",
        description = "Coding-agent sessions on many machines, in one place.",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A session S is a name, an id or an unambiguous beginning; HOST/NAME where names repeat.",
            "Exit status: 0 done, 1 failed, 2 usage, 3 no such host or session, 4 refused because it"
                    + " could lose something, 5 host not reachable, 6 not trusted or not allowed,"
                    + " 7 no service."
        })
final class Muster {
    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The service (default: $$MUSTER_SERVER, then http://127.0.0.1:7717).")
    @Nullable String server;

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "The hosts file (default: $$MUSTER_HOSTS, then ~/.config/muster/hosts.yaml).")
    @Nullable Path hosts;

    @Option(
            names = "--no-start",
            scope = ScopeType.INHERIT,
            description = "Do not start a service where none answers.")
    boolean noStart;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the service's document, for scripts.")
    boolean json;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colours (also $$NO_COLOR, and where the output is no terminal).")
    boolean noColor;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print only what was asked for.")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this.")
    boolean help;

    Optional<String> server() {
        return Optional.ofNullable(server);
    }

    Optional<Path> hosts() {
        return Optional.ofNullable(hosts);
    }
}
