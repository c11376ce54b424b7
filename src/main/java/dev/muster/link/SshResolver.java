package dev.muster.link;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.link.SshTarget.Agent;
import dev.muster.link.SshTarget.Via;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a host of `hosts.yaml` into an {@link SshTarget}: what the file says wins over
/// `~/.ssh/config`; jumps are resolved the same way, one inside the other.
final class SshResolver {
    private static final int MOST_JUMPS = 8;
    private static final Pattern DESTINATION =
            Pattern.compile(
                    "(?:ssh://)?(?:(?<user>[^@]+)@)?(?<name>\\[[^]]+]|[^:]+)(?::(?<port>\\d+))?/?");

    private final LinkSettings settings;
    private final SshConfigSource source;
    private final Function<String, Optional<Host>> hosts;

    /// @param hosts finds a host of `hosts.yaml` by name, for jumps
    SshResolver(LinkSettings settings, Function<String, Optional<Host>> hosts) {
        this.settings = settings;
        this.source = new SshConfigSource(settings);
        this.hosts = hosts;
    }

    SshTarget resolve(String host, Reach.Ssh ssh) throws LinkException, InterruptedException {
        return resolve(host, host, ssh, Optional.empty(), 0);
    }

    /// @param before the jump to go through first, whatever the configuration says
    private SshTarget resolve(
            String host, String owner, Reach.Ssh ssh, Optional<SshTarget> before, int depth)
            throws LinkException, InterruptedException {
        if (depth > MOST_JUMPS) {
            throw new LinkException(
                    new Misconfigured(
                            "the jump hosts of "
                                    + host
                                    + " lead in a circle, or over more than "
                                    + MOST_JUMPS));
        }
        SshConfig config = source.ask(ssh.destination(), ssh.user(), ssh.port());
        String name = config.first("hostname").orElse(ssh.destination());
        int port = ssh.port().orElse(number(config.first("port").orElse("22")));
        String user =
                ssh.user().or(() -> config.first("user")).orElse(System.getProperty("user.name"));
        try {
            Map<Character, String> tokens = tokens(ssh.destination(), name, port, user, config);
            return new SshTarget(
                    host,
                    owner,
                    name,
                    port,
                    user,
                    config.used("hostkeyalias").orElse(KnownHosts.address(name, port)),
                    identities(ssh, config, tokens),
                    ssh.identity().isPresent(),
                    ssh.identity().isPresent() || config.yes("identitiesonly"),
                    agent(config, tokens),
                    knownHosts(ssh, config, tokens),
                    via(owner, ssh, config, tokens, before, depth),
                    config.unsupported());
        } catch (IllegalArgumentException e) {
            throw new LinkException(
                    new Misconfigured("~/.ssh/config for " + host + ": " + e.getMessage()), e);
        }
    }

    private List<Path> identities(Reach.Ssh ssh, SshConfig config, Map<Character, String> tokens) {
        if (ssh.identity().isPresent()) {
            return List.of(home(ssh.identity().get().toString()));
        }
        return config.all("identityfile").stream()
                .filter(value -> !value.equalsIgnoreCase("none"))
                .map(value -> path(value, tokens))
                .toList();
    }

    private Agent agent(SshConfig config, Map<Character, String> tokens) {
        Optional<String> value = config.first("identityagent");
        if (value.isEmpty() || value.get().equals("SSH_AUTH_SOCK")) {
            return new Agent.Default();
        }
        if (value.get().equalsIgnoreCase("none")) {
            return new Agent.None();
        }
        String text = value.get();
        if (text.startsWith("$") && !text.startsWith("${")) {
            text = "${" + text.substring(1) + "}";
        }
        return new Agent.Socket(path(text, tokens));
    }

    private List<Path> knownHosts(Reach.Ssh ssh, SshConfig config, Map<Character, String> tokens) {
        List<Path> files = new ArrayList<>();
        if (ssh.knownHosts().isPresent()) {
            files.add(home(ssh.knownHosts().get().toString()));
        } else {
            files.addAll(paths(config.first("userknownhostsfile"), tokens));
        }
        files.addAll(paths(config.first("globalknownhostsfile"), tokens));
        return List.copyOf(files);
    }

    private List<Path> paths(Optional<String> values, Map<Character, String> tokens) {
        return Arrays.stream(values.orElse("").split("\\s+"))
                .filter(value -> !value.isEmpty() && !value.equalsIgnoreCase("none"))
                .map(value -> path(value, tokens))
                .toList();
    }

    private Via via(
            String owner,
            Reach.Ssh ssh,
            SshConfig config,
            Map<Character, String> tokens,
            Optional<SshTarget> before,
            int depth)
            throws LinkException, InterruptedException {
        if (before.isPresent()) {
            return new Via.Jump(before.get());
        }
        if (ssh.jump().isPresent()) {
            return jumps(owner, ssh.jump().get(), depth);
        }
        Optional<String> jump = config.used("proxyjump");
        if (jump.isPresent()) {
            return jumps(owner, jump.get(), depth);
        }
        Optional<String> command = config.used("proxycommand");
        if (command.isPresent()) {
            return new Via.Command(SshConfig.expand(command.get(), tokens, Map.of()));
        }
        return new Via.Direct();
    }

    /// Several hops, nearest first: each but the first goes through the one before.
    private Via jumps(String owner, String text, int depth)
            throws LinkException, InterruptedException {
        if (text.equalsIgnoreCase("none")) {
            return new Via.Direct();
        }
        Optional<SshTarget> last = Optional.empty();
        for (String hop : text.split(",")) {
            last = Optional.of(hop(owner, hop.strip(), last, depth + 1));
        }
        return new Via.Jump(last.orElseThrow());
    }

    private SshTarget hop(String owner, String hop, Optional<SshTarget> before, int depth)
            throws LinkException, InterruptedException {
        Optional<Host> host = hosts.apply(hop);
        if (host.isPresent() && host.get().reach() instanceof Reach.Ssh ssh) {
            return resolve(hop, hop, ssh, before, depth);
        }
        Matcher parts = DESTINATION.matcher(hop);
        if (!parts.matches()) {
            throw new LinkException(
                    new Misconfigured(
                            "jump host "
                                    + hop
                                    + " is neither a host of hosts.yaml nor"
                                    + " [user@]name[:port]"));
        }
        String port = parts.group("port");
        Reach.Ssh ssh =
                new Reach.Ssh(
                        parts.group("name").replaceAll("^\\[|]$", ""),
                        Optional.ofNullable(parts.group("user")),
                        port == null ? OptionalInt.empty() : OptionalInt.of(number(port)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return resolve(hop, owner, ssh, before, depth);
    }

    private Map<Character, String> tokens(
            String alias, String name, int port, String user, SshConfig config) {
        Map<Character, String> tokens = new HashMap<>();
        tokens.put('h', name);
        tokens.put('n', alias);
        tokens.put('p', "" + port);
        tokens.put('r', user);
        tokens.put('u', System.getProperty("user.name"));
        tokens.put('d', settings.home().toString());
        tokens.put('k', config.used("hostkeyalias").orElse(alias));
        String here = settings.env().getOrDefault("HOSTNAME", "localhost");
        tokens.put('l', here);
        tokens.put('L', here.split("\\.", 2)[0]);
        return tokens;
    }

    private Path path(String value, Map<Character, String> tokens) {
        return home(SshConfig.expand(value, tokens, settings.env()));
    }

    /// OpenSSH expands some of its defaults by the password file: where the settings name another
    /// home, its `.ssh` is meant.
    private Path home(String value) {
        String real = System.getProperty("user.home") + "/.ssh/";
        String relative =
                value.startsWith("~/")
                        ? value.substring(2)
                        : value.startsWith(real) ? ".ssh/" + value.substring(real.length()) : value;
        return settings.home().resolve(relative);
    }

    private static int number(String port) throws LinkException {
        try {
            int number = Integer.parseInt(port);
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The same sentence as for a number out of range.
        }
        throw new LinkException(new Misconfigured("`" + port + "` is not a port (1 to 65535)"));
    }
}
