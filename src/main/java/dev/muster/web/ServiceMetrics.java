package dev.muster.web;

import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.session.Session;
import dev.muster.web.stream.Streams;
import dev.muster.web.terminal.TerminalRoute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

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

    private static final Duration[] BUCKETS =
            LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

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
        streams.timedBy(
                timer(
                        registry,
                        "muster.streams.latency",
                        "From a change of the board to its having been sent to a client"));
        fleet.board()
                .timedBy(
                        timer(
                                registry,
                                "muster.events.latency",
                                "From a host's events being read to their being on the board, once"
                                        + " they are kept"));
    }

    /// A histogram, since what counts of a latency is how often it is large.
    private static LongConsumer timer(MeterRegistry registry, String name, String what) {
        Timer timer =
                Timer.builder(name)
                        .description(what)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
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
