package dev.muster.fleet;

import dev.muster.host.Host;
import dev.muster.link.Link;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What the parts of one visit to a host share.
///
/// @param service the id of this service, which names its lease and its hub there
/// @param threads all that runs for this visit
/// @param heard told of each sign of life
/// @param health told of what was learned of how the host is
record VisitContext(
        Host host,
        Link link,
        HostLedger ledger,
        Memory memory,
        String service,
        Clock clock,
        JournalLimits limits,
        VisitThreads threads,
        Consumer<Instant> heard,
        Consumer<UnaryOperator<HostHealth>> health) {

    String name() {
        return host.name();
    }

    void heardNow() {
        heard.accept(clock.instant());
    }
}
