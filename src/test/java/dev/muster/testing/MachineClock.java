package dev.muster.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A clock for upper limits of measured time: it stands still while this machine does. A virtual
/// machine that is not run for some seconds, or a disk that holds everybody up, makes nothing slow
/// that a test is to find slow, and no load tells of it.
public final class MachineClock implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /// What one tick may count for at most: a busy machine comes to it later than meant.
    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(200);

    private final Thread thread;
    private volatile long time;
    private volatile boolean over;

    public MachineClock() {
        thread = Thread.ofPlatform().daemon().name("machine-clock").start(this::tick);
    }

    private void tick() {
        long sum = 0;
        long before = System.nanoTime();
        while (!over) {
            try {
                TimeUnit.NANOSECONDS.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            sum += Math.min(now - before, MOST);
            time = sum;
            before = now;
        }
    }

    /// A moment, for [#since].
    public long now() {
        return time;
    }

    public Duration since(long moment) {
        return Duration.ofNanos(time - moment);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
