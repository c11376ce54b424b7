package dev.muster.notify;

import dev.muster.fleet.Memory.MemoryException;
import dev.muster.host.Notices.Target;
import dev.muster.notify.Outbox.Letter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Brings its letters to one target, one after the other in their order, on a thread of its own: a
/// target that hangs holds up nobody but itself.
///
/// A letter is taken out of the box after it was sent: killed in between, the service sends it
/// again when it is back, under the same id.
final class Courier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// After this time a letter that can't be sent is given up.
    static final Duration PATIENCE = Duration.ofHours(1);

    /// A box that can't be read is looked at again.
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Target target;
    private final Outbox outbox;
    private final Sender sender;
    private final Record record;
    private final Clock clock;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private int failures;

    /// Keeps what could not be told.
    interface Record {
        void undelivered(String target, Notice notice, String why);
    }

    Courier(Target target, Outbox outbox, Sender sender, Record record, Clock clock) {
        this.target = target;
        this.outbox = outbox;
        this.sender = sender;
        this.record = record;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("notify-" + target.name()).unstarted(this::run);
    }

    Courier started() {
        thread.start();
        return this;
    }

    Target target() {
        return target;
    }

    /// There is a new letter.
    void ring() {
        news.release();
    }

    private void run() {
        try {
            while (true) {
                Optional<Duration> wait = turn();
                if (wait.isEmpty()) {
                    news.acquire();
                    news.drainPermits();
                } else if (wait.get().isPositive()) {
                    TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /// Tries the oldest letter.
    ///
    /// @return how long to wait before the next turn; empty: until there is a new letter
    Optional<Duration> turn() throws InterruptedException {
        try {
            Optional<Letter> next = outbox.next(target.name());
            return next.isEmpty() ? Optional.empty() : Optional.of(deliver(next.get()));
        } catch (MemoryException e) {
            LOG.warnf("%s is not told for now: %s", target.name(), e.getMessage());
            return Optional.of(AGAIN);
        }
    }

    private Duration deliver(Letter letter) throws InterruptedException {
        return switch (sender.send(letter.notice())) {
            case Outcome.Sent sent -> {
                failures = 0;
                outbox.done(letter);
                yield Duration.ZERO;
            }
            case Outcome.Refused(String why) -> {
                giveUp(letter, why);
                yield Duration.ZERO;
            }
            case Outcome.Failed failed -> {
                failures++;
                if (letter.at().plus(PATIENCE).isBefore(clock.instant())) {
                    giveUp(letter, failed.why());
                }
                Duration asked = failed.pause();
                Duration own = backoff(failures);
                yield asked == null || asked.compareTo(own) < 0 ? own : asked;
            }
        };
    }

    private void giveUp(Letter letter, String why) {
        LOG.warnf("%s was not told that %s: %s", target.name(), letter.notice().title(), why);
        record.undelivered(target.name(), letter.notice(), why);
        outbox.done(letter);
    }

    /// 1 s after the first failure in a row, then twice as long each time, up to 5 min.
    static Duration backoff(int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.clamp(failures - 1, 0, 20));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /// Begins to end; returns at once.
    @Override
    public void close() {
        thread.interrupt();
    }

    /// Waits until it writes nothing any more.
    void awaitEnd(Duration longest) throws InterruptedException {
        thread.join(longest);
    }
}
