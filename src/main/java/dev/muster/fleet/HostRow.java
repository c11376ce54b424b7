package dev.muster.fleet;

import dev.muster.fleet.HostStatus.Problem;
import dev.muster.host.Host;
import dev.muster.link.Link;
import dev.muster.link.LinkFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A host's row on the board, as its keeper writes it: how its link stands, when it last gave a
/// sign of life, and what is wrong there.
final class HostRow {
    private static final Duration HEARD_EVERY = Duration.ofSeconds(10);

    private final Host host;
    private final Memory memory;
    private final BoardKeeper board;
    private final Clock clock;
    private final ReentrantLock healthLock = new ReentrantLock();
    private HostHealth health = HostHealth.UNKNOWN;
    private boolean healthShown;
    private volatile @Nullable LinkFailure failure;
    private volatile boolean closed;

    HostRow(Host host, Memory memory, BoardKeeper board, Clock clock) {
        this.host = host;
        this.memory = memory;
        this.board = board;
        this.clock = clock;
    }

    HostStatus status() {
        return board.now()
                .host(host.name())
                .map(FleetBoard.Entry::status)
                .orElseThrow(() -> new IllegalStateException(host.name() + " is not on the board"));
    }

    /// Why there is no connection now; null while there is one, or none was tried.
    @Nullable LinkFailure failure() {
        return failure;
    }

    /// A connection begins: how the host is has to be learned anew.
    void visited() {
        healthLock.lock();
        try {
            health = HostHealth.UNKNOWN;
            healthShown = false;
        } finally {
            healthLock.unlock();
        }
    }

    /// Something was learned of how the host is; its row says so once it is online.
    void health(UnaryOperator<HostHealth> change) {
        healthLock.lock();
        try {
            HostHealth before = health;
            HostHealth after = change.apply(before);
            health = after;
            if (healthShown && !after.equals(before)) {
                update(s -> s.found(after.problems(), after.versions(), after.vitals()));
            }
        } finally {
            healthLock.unlock();
        }
    }

    /// The host can be reached, but nothing can be run there.
    void unfit(Problem problem) {
        update(s -> s.found(List.of(problem), s.versions(), s.vitals()));
    }

    void online(Link link) {
        failure = null;
        Instant at = clock.instant();
        healthLock.lock();
        try {
            healthShown = true;
            update(
                    s ->
                            s.found(health.problems(), health.versions(), health.vitals())
                                    .reachedBy(link.target().orElse(s.target()))
                                    .heard(at, link.latency().orElse(null))
                                    .to(HostState.ONLINE, null, at));
        } finally {
            healthLock.unlock();
        }
        memory.heard(host.name(), at);
    }

    /// A sign of life: not each is written down.
    void heard(Link link, Instant at) {
        if (closed) {
            return;
        }
        Instant before = status().lastHeard();
        if (before == null || at.isAfter(before.plus(HEARD_EVERY))) {
            update(s -> s.heard(at, link.latency().orElse(null)));
            memory.heard(host.name(), at);
        }
    }

    /// The connection ended, or there was none to be had.
    void failed(LinkFailure seen) {
        Instant now = clock.instant();
        failure = seen;
        healthLock.lock();
        try {
            healthShown = false;
        } finally {
            healthLock.unlock();
        }
        HostState state =
                switch (seen) {
                    case LinkFailure.Offline f -> HostState.OFFLINE;
                    case LinkFailure.Locked f -> HostState.LOCKED;
                    case LinkFailure.AuthFailed f -> HostState.AUTH_FAILED;
                    case LinkFailure.HostKeyUnknown f -> HostState.HOST_KEY_UNKNOWN;
                    case LinkFailure.HostKeyChanged f -> HostState.HOST_KEY_CHANGED;
                    case LinkFailure.Penalised f -> HostState.PENALISED;
                    case LinkFailure.Misconfigured f -> HostState.OFFLINE;
                };
        update(s -> s.to(state, seen.detail(), seen.secret(), now));
    }

    /// Its keeper ends: from now on the row is the next one's.
    void close() {
        closed = true;
    }

    private void update(UnaryOperator<HostStatus> change) {
        if (closed) {
            return;
        }
        board.update(
                b ->
                        b.host(host.name())
                                .map(entry -> b.withStatus(change.apply(entry.status())))
                                .orElse(b));
    }
}
