package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// The threads of one visit to a host. It is over for all of them at once, as soon as one says so.
final class VisitThreads {
    private static final Logger LOG = Logger.getLogger(VisitThreads.class);

    /// How long a connection may take to say why it ended, once a channel of it has.
    private static final Duration WHY = Duration.ofMillis(500);

    private final String host;
    private final CompletableFuture<LinkFailure> over = new CompletableFuture<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    VisitThreads(String host) {
        this.host = host;
    }

    /// What one thread does until the visit is over; each exception ends the visit.
    interface Work {
        void run() throws LinkException, IOException, InterruptedException;
    }

    /// Starts a thread, unless the visit is over.
    ///
    /// @param what names it: `journal`, `tmux`
    void start(String what, Work work) {
        Thread thread = Thread.ofVirtual().name(host + "-" + what).unstarted(() -> run(what, work));
        threads.add(thread);
        if (isOver()) {
            threads.remove(thread);
            return;
        }
        thread.start();
    }

    private void run(String what, Work work) {
        try {
            work.run();
        } catch (LinkException e) {
            end(e.failure());
        } catch (IOException e) {
            // A connection that ends takes its channels along, and knows better why.
            over.completeOnTimeout(
                    new LinkFailure.Offline("the " + what + " channel broke: " + e.getMessage()),
                    WHY.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!isOver()) {
                logOwnFault(host, e);
            }
            end(ownFault(e));
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    boolean isOver() {
        return over.isDone();
    }

    /// Ends the visit; the first reason counts.
    void end(LinkFailure why) {
        over.complete(why);
    }

    void whenOver(Runnable then) {
        over.thenRun(then);
    }

    /// Waits until the visit is over, and says why it is.
    LinkFailure join() {
        return over.join();
    }

    /// Waits until every thread has ended. To be called when the visit is over and its link closed;
    /// an interruption of the caller does not cut it short.
    ///
    /// @return whether they have
    boolean awaitEnd(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        // One that was being started while the visit ended never begins.
        List<Thread> running =
                threads.stream().filter(t -> t.getState() != Thread.State.NEW).toList();
        running.forEach(Thread::interrupt);
        boolean interrupted = false;
        boolean ended = true;
        for (Thread thread : running) {
            while (thread.isAlive() && System.nanoTime() < deadline) {
                try {
                    thread.join(Duration.ofNanos(deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            ended &= !thread.isAlive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    /// What to show of a fault that is Muster's and not the host's. Nothing was forgotten by it:
    /// what was read is read again from where the database stands.
    static LinkFailure ownFault(RuntimeException e) {
        return e instanceof Memory.MemoryException
                ? new LinkFailure.Offline(
                        "not listened to, because "
                                + e.getMessage()
                                + "; its sessions go on, and what they did is read once Muster can"
                                + " write again")
                : new LinkFailure.Offline("Muster itself failed: " + e);
    }

    /// A database that is full says so with each try: one line is enough.
    static void logOwnFault(String host, RuntimeException e) {
        if (e instanceof Memory.MemoryException) {
            LOG.errorf("%s: %s", host, e.getMessage());
        } else {
            LOG.errorf(e, "%s: Muster itself failed", host);
        }
    }
}
