package dev.muster.web;

import dev.muster.fleet.Fleet;
import dev.muster.fleet.InboxKeeper;
import dev.muster.link.Links;
import dev.muster.notify.Notifier;
import dev.muster.web.gate.TokenBook;
import dev.muster.web.stream.Streams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Starts and ends what runs by itself. The board is whole before the first request is answered:
/// what is remembered, then what `hosts.yaml` says; the hosts themselves connect meanwhile.
@ApplicationScoped
public class Lifecycle {
    private final Fleet fleet;
    private final Links links;
    private final HostsSource hosts;
    private final Streams streams;
    private final InboxKeeper inbox;
    private final Notifier notifier;
    private final TokenBook tokens;

    Lifecycle(
            Fleet fleet,
            Links links,
            HostsSource hosts,
            Streams streams,
            InboxKeeper inbox,
            Notifier notifier,
            TokenBook tokens) {
        this.fleet = fleet;
        this.links = links;
        this.hosts = hosts;
        this.streams = streams;
        this.tokens = tokens;
        this.inbox = inbox;
        this.notifier = notifier;
    }

    void start(@Observes StartupEvent event) {
        tokens.load();
        fleet.remember();
        hosts.start(fleet);
        inbox.start();
        notifier.start();
    }

    void stop(@Observes ShutdownEvent event) {
        hosts.close();
        notifier.close();
        streams.close();
        inbox.close();
        fleet.close();
        links.close();
    }
}
