package dev.muster.link;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The connector for every kind of host. One for the whole service.
public final class Links implements Connector {
    private final LinkSettings settings;
    private final KnownHostsStore knownHosts;
    private final Secrets secrets = new Secrets();
    private final SshAgent agent;
    private final SshResolver resolver;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private @Nullable Dialer dialer;
    private boolean closed;

    /// @param hosts finds a host of the current `hosts.yaml` by name: jumps may be named so
    public Links(LinkSettings settings, Function<String, Optional<Host>> hosts) {
        this.settings = settings;
        this.knownHosts = new KnownHostsStore(settings.knownHosts());
        this.agent =
                new SshAgent(
                        Optional.ofNullable(settings.env().get("SSH_AUTH_SOCK"))
                                .filter(socket -> !socket.isEmpty())
                                .map(Path::of));
        this.resolver = new SshResolver(settings, hosts);
    }

    @Override
    public Link connect(Host host) throws LinkException, InterruptedException {
        Link link =
                switch (host.reach()) {
                    case Reach.Local local ->
                            new LocalLink(
                                    host.name(),
                                    local.home().orElse(settings.home()),
                                    settings.timings());
                    case Reach.Ssh ssh -> connect(host.name(), ssh);
                };
        open.add(link);
        link.closed().thenRun(() -> open.remove(link));
        return link;
    }

    private Link connect(String host, Reach.Ssh ssh) throws LinkException, InterruptedException {
        Deadline deadline = Deadline.in(settings.timings().connect());
        SshConnection main = dialer().dial(resolver.resolve(host, ssh), deadline);
        // Resolved anew for each further connection, as the first one was: files change.
        return new SshLink(
                main,
                () ->
                        dialer().dial(
                                        resolver.resolve(host, ssh),
                                        Deadline.in(settings.timings().connect())),
                settings.timings());
    }

    /// Made for the first host that is dialled: its cryptography is a fifth of what a service does
    /// before it answers, and nobody's answer waits for it.
    private synchronized Dialer dialer() throws LinkException {
        if (closed) {
            throw new LinkException(new LinkFailure.Offline("Muster is ending"));
        }
        if (dialer == null) {
            dialer = new Dialer(settings, knownHosts, agent, secrets);
        }
        return dialer;
    }

    /// Where host keys that a person accepts go.
    public KnownHostsStore knownHosts() {
        return knownHosts;
    }

    /// Passphrases and passwords that a person gives.
    public Secrets secrets() {
        return secrets;
    }

    /// The ssh-agent in use.
    public SshAgent agent() {
        return agent;
    }

    /// How a host is reached once everything is resolved: `local`, or `user@name:port`.
    public String target(Host host) throws LinkException, InterruptedException {
        return switch (host.reach()) {
            case Reach.Local _ -> "local";
            case Reach.Ssh ssh -> resolver.resolve(host.name(), ssh).text();
        };
    }

    /// Options of `~/.ssh/config` that are set for a host and that Muster does not honour, for
    /// `doctor`.
    public List<String> unsupported(Host host) throws LinkException, InterruptedException {
        return switch (host.reach()) {
            case Reach.Local _ -> List.of();
            case Reach.Ssh ssh -> resolver.resolve(host.name(), ssh).unsupported();
        };
    }

    /// Closes every link that is still open.
    @Override
    public void close() {
        open.forEach(Link::close);
        closeDialer();
        secrets.clear();
    }

    private synchronized void closeDialer() {
        closed = true;
        if (dialer != null) {
            dialer.close();
        }
    }
}
