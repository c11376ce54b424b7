package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.TestFleet;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// Looks at one session of the board every 50 ms. Once a state was seen that a step of the test
/// expects, every other is wrong until the next step begins.
final class Watcher implements AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(1500);
    private static final Duration STEADY = Duration.ofMillis(1200);

    private final TestFleet fleet;
    private final SessionId id;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile @Nullable Predicate<State> right;
    private volatile boolean over;

    Watcher(TestFleet fleet, SessionId id) {
        this.fleet = fleet;
        this.id = id;
        this.thread = Thread.ofVirtual().name("watcher").start(this::watch);
    }

    private void watch() {
        while (!over) {
            Predicate<State> expected = right;
            State state = fleet.session(id).state();
            // A step may have begun meanwhile.
            if (expected != null && !expected.test(state) && expected == right) {
                wrong.add(state.toString());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Does something and waits until the board says so, and for a while that it stays so.
    ///
    /// @return how long the board took
    Duration step(String what, Act act, Predicate<State> expected) throws Exception {
        right = null;
        act.run();
        long begin = System.nanoTime();
        try {
            Awaitility.await(what)
                    .pollInterval(Duration.ofMillis(10))
                    .pollDelay(Duration.ZERO)
                    .atMost(SOON)
                    .until(() -> expected.test(state()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": the board says " + session(), e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        right = expected;
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(100))
                .during(STEADY)
                .atMost(STEADY.multipliedBy(5))
                .until(() -> true);
        assertThat(wrong).as(what).isEmpty();
        return took;
    }

    State state() {
        return session().state();
    }

    Session session() {
        return fleet.session(id);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }

    interface Act {
        void run() throws Exception;
    }
}
