package dev.muster.web;

import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.session.Session;
import dev.muster.web.stream.Streams;
import dev.muster.web.terminal.TerminalRoute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What Prometheus reads at `/q/metrics`: counted from the board when it asks, so that nothing has
/// to be kept in step. Labels are our own words only, never a name from a host.
@Singleton
public class ServiceMetrics implements MeterBinder {
    /// The words of {@link dev.muster.session.State}.
    static final List<String> STATES =
            List.of(
                    "queued",
                    "preparing",
                    "starting",
                    "working",
                    "needs-approval",
                    "needs-input",
                    "idle",
                    "rate-limited",
                    "blocked",
                    "finished",
                    "failed",
                    "crashed",
                    "stopped",
                    "lost");

    private final Fleet fleet;
    private final Streams streams;
    private final TerminalRoute terminals;

    ServiceMetrics(Fleet fleet, Streams streams, TerminalRoute terminals) {
        this.fleet = fleet;
        this.streams = streams;
        this.terminals = terminals;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (HostState state : HostState.values()) {
            gauge("muster.hosts", "Hosts by state", board -> hosts(board, state))
                    .tag("state", state.word())
                    .register(registry);
        }
        for (String state : STATES) {
            gauge("muster.sessions", "Sessions by state", board -> sessions(board, state))
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder("muster.streams", streams, Streams::size)
                .description("Open event streams")
                .register(registry);
        Gauge.builder("muster.terminals", terminals, TerminalRoute::size)
                .description("Open terminals")
                .register(registry);
        Gauge.builder("muster.streams.lag", streams, Streams::lagSeconds)
                .description("From a change of the board to its event being sent, the last one")
                .baseUnit("seconds")
                .register(registry);
    }

    private Gauge.Builder<Fleet> gauge(
            String name, String what, ToDoubleFunction<FleetBoard> count) {
        return Gauge.builder(name, fleet, f -> count.applyAsDouble(f.board().now()))
                .description(what);
    }

    private static double hosts(FleetBoard board, HostState state) {
        return board.hosts().values().stream().filter(e -> e.status().state() == state).count();
    }

    private static double sessions(FleetBoard board, String state) {
        return board.sessions().map(Session::state).filter(s -> s.word().equals(state)).count();
    }
}
