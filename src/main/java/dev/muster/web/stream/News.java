package dev.muster.web.stream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A bell for one waiting thread: rung any number of times, it wakes once.
final class News {
    private final Semaphore rung = new Semaphore(0);
    private volatile long firstRing;
    private volatile long taken;

    /// Returns at once; may be called from any thread.
    void ring() {
        // A client that does not read must not let the count grow without end.
        if (rung.availablePermits() == 0) {
            firstRing = System.nanoTime();
            rung.release();
        }
    }

    /// @return whether it was rung since the last wait, or was within this time
    boolean await(Duration longest) throws InterruptedException {
        boolean any = rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
        taken = firstRing;
        return any;
    }

    /// How long ago the first of the rings was that the last wait woke up for.
    long ageNanos() {
        return System.nanoTime() - taken;
    }
}
