package dev.muster.fleet;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far a host's journal has been read, for whoever must not run ahead of it: what a look at the
/// host finds is believed only after all that was written before that look.
final class ReadPosition {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private String generation = "";
    private long offset;

    void at(String newGeneration, long newOffset) {
        lock.lock();
        try {
            generation = newGeneration;
            offset = newOffset;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that generation was read that far. An older one than is being read is not waited
    /// for, a newer one is: their names sort by age.
    ///
    /// @param longest a record that was torn at the end is never read: waiting must end
    void await(String wantedGeneration, long wantedOffset, Duration longest)
            throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (isBefore(wantedGeneration, wantedOffset) && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBefore(String wantedGeneration, long wantedOffset) {
        int order = generation.compareTo(wantedGeneration);
        return order < 0 || (order == 0 && offset < wantedOffset);
    }
}
