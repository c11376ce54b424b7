package dev.muster.host;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Watches a hosts file. A good change is applied and told, a bad one is told, and the last good
/// version stays in force; so it does when the file goes away.
public final class HostsWatcher implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HostsWatcher.class.getName());

    /// What a look at the changed file gave.
    public sealed interface Update {
        /// A new version is in force. Also told when a bad version was taken back, with an empty
        /// change.
        ///
        /// @param sha256 of the bytes, in hex
        record Applied(Hosts hosts, HostsChange change, List<Fault> warnings, String sha256)
                implements Update {}

        /// The file is bad or gone; what was in force stays.
        record Refused(List<Fault> faults) implements Update {}
    }

    /// What is in force.
    ///
    /// @param sha256 of the bytes that it was read from; empty without a file
    /// @param faults what is wrong with a newer version, or the warnings of this one
    public record State(Hosts hosts, Optional<String> sha256, List<Fault> faults) {}

    /// How patient to be.
    ///
    /// @param quiet how long nothing must have happened before the file is read: editors write in
    ///     several steps
    /// @param fallback how often to look without being told, for file systems (network, some
    ///     containers) that tell nothing
    public record Timing(Duration quiet, Duration fallback) {
        public static final Timing USUAL =
                new Timing(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    private final Path file;
    private final Consumer<Update> listener;
    private final Timing timing;
    private final FileTicks ticks;
    private final Thread thread;
    private volatile State state;

    /// The version that was looked at last, be it good or bad; empty: there was no file.
    private Optional<String> seen;

    private HostsWatcher(Path file, State first, Timing timing, Consumer<Update> listener) {
        this.file = file;
        this.state = first;
        this.seen = first.sha256();
        this.timing = timing;
        this.listener = listener;
        this.ticks = new FileTicks(file);
        this.thread = Thread.ofVirtual().name("hosts-watcher").unstarted(this::watch);
    }

    /// Starts watching. What has changed since `first` was read is told as well.
    ///
    /// @param first what is in force now
    /// @param listener called on the watcher's own thread, one update after the other
    public static HostsWatcher start(
            Path file, State first, Timing timing, Consumer<Update> listener) {
        HostsWatcher watcher = new HostsWatcher(file, first, timing, listener);
        watcher.thread.start();
        return watcher;
    }

    /// What is in force now.
    public State state() {
        return state;
    }

    private void watch() {
        try {
            look();
            while (true) {
                if (ticks.await(timing.fallback())) {
                    ticks.settle(timing.quiet());
                    look();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            return;
        }
    }

    private void look() {
        HostsFile.Snapshot snapshot = HostsFile.read(file);
        if (snapshot.sha256().equals(seen)) {
            return;
        }
        seen = snapshot.sha256();
        tell(
                switch (snapshot.result()) {
                    case HostsFile.Result.Good good -> apply(good, seen.orElseThrow());
                    case HostsFile.Result.Bad bad -> {
                        state = new State(state.hosts(), state.sha256(), bad.faults());
                        yield new Update.Refused(bad.faults());
                    }
                });
    }

    private Update apply(HostsFile.Result.Good good, String sha256) {
        HostsChange change = HostsChange.between(state.hosts(), good.hosts());
        state = new State(good.hosts(), Optional.of(sha256), good.warnings());
        return new Update.Applied(good.hosts(), change, good.warnings(), sha256);
    }

    private void tell(Update update) {
        try {
            listener.accept(update);
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "A change of " + file + " was not taken up in full", e);
        }
    }

    /// Stops watching; no update is told afterwards, unless called from the listener itself.
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!Thread.currentThread().equals(thread)) {
                thread.join();
            }
            ticks.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "Closing the watch of " + file, e);
        }
    }
}
