package dev.muster.link;

import dev.muster.link.LinkFailure.Offline;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// At most so many scripts at once on one connection, first come first served: sshd allows ten
/// channels for each (MaxSessions), and the standing ones need theirs.
final class ExecPool {
    static final int SIZE = 6;

    private final Semaphore places = new Semaphore(SIZE, true);
    private final String host;

    ExecPool(String host) {
        this.host = host;
    }

    /// What runs once it is its turn, with the time that is left.
    @FunctionalInterface
    interface Turn<T> {
        T take(Duration left) throws LinkException, InterruptedException;
    }

    <T> T run(String what, Duration timeout, Turn<T> turn)
            throws LinkException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new LinkException(
                    new Offline(
                            "script "
                                    + what
                                    + " was not started on "
                                    + host
                                    + ": "
                                    + SIZE
                                    + " others kept it waiting for "
                                    + Texts.seconds(timeout)));
        }
        try {
            return turn.take(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } finally {
            places.release();
        }
    }
}
