package dev.muster.link;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.link.LinkFailure.Misconfigured;

/// The connector for every kind of host. One for the whole service.
public final class Links implements Connector {
    private final LinkSettings settings;

    public Links(LinkSettings settings) {
        this.settings = settings;
    }

    @Override
    public Link connect(Host host) throws LinkException, InterruptedException {
        return switch (host.reach()) {
            case Reach.Local local ->
                    new LocalLink(
                            host.name(), local.home().orElse(settings.home()), settings.timings());
            case Reach.Ssh ssh ->
                    throw new LinkException(
                            new Misconfigured(
                                    "SSH to " + ssh.destination() + " comes with the next commit"));
        };
    }

    @Override
    public void close() {}
}
