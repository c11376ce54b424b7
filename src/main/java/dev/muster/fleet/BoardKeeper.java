package dev.muster.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Holds the newest board. Readers take it without a lock; listeners hear that there is a newer one
/// and must return at once.
public final class BoardKeeper {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile FleetBoard board = FleetBoard.empty();
    private volatile LongConsumer timer = nanos -> {};

    public FleetBoard now() {
        return board;
    }

    /// Swaps in the board that `change` makes.
    public void update(UnaryOperator<FleetBoard> change) {
        synchronized (this) {
            FleetBoard before = board;
            FleetBoard after = change.apply(before);
            if (before == after) {
                return;
            }
            board = after;
        }
        listeners.forEach(Runnable::run);
    }

    /// What a host's events said is on the board now.
    ///
    /// @param nanos since they were read
    void took(long nanos) {
        timer.accept(nanos);
    }

    /// @param timer told how long each batch of a host's events took from being read to being on
    ///     the board, in nanoseconds
    public void timedBy(LongConsumer timer) {
        this.timer = timer;
    }

    /// @return to be run when the listener has heard enough
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Waits until the board is so.
    ///
    /// @return whether it is, at the end
    public boolean await(Predicate<FleetBoard> wanted, Duration longest)
            throws InterruptedException {
        Semaphore news = new Semaphore(0);
        Runnable stop = listen(news::release);
        try {
            long deadline = System.nanoTime() + longest.toNanos();
            while (!wanted.test(board)) {
                if (!news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return wanted.test(board);
                }
                news.drainPermits();
            }
            return true;
        } finally {
            stop.run();
        }
    }
}
