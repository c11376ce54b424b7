package dev.muster.link;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// At most four connections to one address are made at once: sshd drops some at random from ten
/// on that have not signed in (MaxStartups 10:30:100 in sshd_config(5)), and others log in too.
final class ConnectGate {
    private static final int AT_ONCE = 4;

    private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

    /// Waits for a turn.
    ///
    /// @return what to close when the connection is made or has failed; null when the time is over
    @org.jspecify.annotations.Nullable
    Pass enter(String address, Duration timeout) throws InterruptedException {
        Semaphore gate = gates.computeIfAbsent(address, _ -> new Semaphore(AT_ONCE, true));
        return gate.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS) ? gate::release : null;
    }

    /// A turn that was taken.
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }
}
