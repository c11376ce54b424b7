package dev.muster.link;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many channels one connection may have at once. Nobody tells: sshd refuses the one that is
/// too many (MaxSessions in sshd_config(5)). So the limit is learned from refusals, and tried again
/// now and then, since other things may have been the reason.
final class ChannelRoom {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int open;
    private int limit = Integer.MAX_VALUE;

    /// Takes a place, once there is one or that much time has gone by; it is asked for then even
    /// though none is known to be free.
    void enter(Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (open >= limit && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            open++;
        } finally {
            lock.unlock();
        }
    }

    /// The server took the channel: that many are allowed.
    void taken() {
        lock.lock();
        try {
            limit = Math.max(limit, open);
        } finally {
            lock.unlock();
        }
    }

    /// The server refused the channel: no more than the others are allowed.
    void refused() {
        lock.lock();
        try {
            open--;
            limit = Math.max(1, open);
        } finally {
            lock.unlock();
        }
    }

    /// A channel closed.
    void leave() {
        lock.lock();
        try {
            open--;
            left.signal();
        } finally {
            lock.unlock();
        }
    }
}
