package dev.muster.fleet;

import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.StandingStream;
import dev.muster.session.JournalReader;
import dev.muster.session.JournalRecord;
import dev.muster.session.Vitals;
import dev.muster.shell.HostScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The standing journal channel of a host: reads records as they are written, and pings, so that
/// the watcher there ends when nobody listens any more.
final class JournalWatch implements AutoCloseable {
    /// How often the watcher there looks whether it is still wanted.
    static final Duration TICK = Duration.ofSeconds(20);

    private static final int MISSES = 4;

    /// Takes what was read.
    interface Sink {
        Reading take(long from, long to, List<JournalRecord> records);
    }

    /// What becomes of reading.
    enum Reading {
        GOES_ON,
        /// The journal says that it goes on in another generation.
        MOVED,
        /// It was read before: back to the remembered cursor.
        STALE,
        /// The channel ended.
        ENDED
    }

    private final StandingStream stream;
    private final JournalReader reader;
    private final byte[] buffer = new byte[1 << 16];
    private final Clock clock;
    private final Consumer<Instant> heard;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final CompletableFuture<String> said = new CompletableFuture<>();

    private JournalWatch(
            StandingStream stream, JournalReader reader, Clock clock, Consumer<Instant> heard) {
        this.stream = stream;
        this.reader = reader;
        this.clock = clock;
        this.heard = heard;
    }

    /// @param service names the lease; the same service has one watcher a host
    /// @param heard told when the watcher gave a sign of life
    static JournalWatch open(
            Link link,
            String service,
            String generation,
            long offset,
            Clock clock,
            Consumer<Instant> heard)
            throws LinkException, InterruptedException {
        LongFunction<String> token = millis -> "t" + String.format("%015d", millis);
        return new JournalWatch(
                link.open(
                        HostScript.withVitals(
                                "watch",
                                service,
                                token.apply(clock.millis()),
                                generation,
                                Long.toString(offset),
                                Long.toString(TICK.toSeconds()),
                                Integer.toString(MISSES))),
                new JournalReader(offset),
                clock,
                heard);
    }

    /// Reads until the channel ends or the sink does not want more; can be called again then.
    Reading follow(Sink sink) throws IOException {
        InputStream in = stream.out();
        int n;
        while ((n = in.read(buffer)) >= 0) {
            long from = reader.offset();
            List<JournalRecord> records = reader.take(buffer, n, clock.instant());
            Reading after =
                    reader.offset() == from
                            ? Reading.GOES_ON
                            : sink.take(from, reader.offset(), records);
            if (after != Reading.GOES_ON) {
                return after;
            }
        }
        return Reading.ENDED;
    }

    /// Reads the watcher's control lines until the channel ends.
    ///
    /// @param vitals told how the host does, at each tick
    void followControl(Consumer<Vitals> vitals) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.err(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                heard.accept(clock.instant());
                if (line.startsWith("H ")) {
                    begun.complete(true);
                }
                if (line.startsWith("K ")) {
                    vitals.accept(Vitals.parse(line.substring(2)));
                }
                if (line.startsWith("E ") || line.startsWith("X ")) {
                    // The first says why; what follows is its consequence.
                    said.complete(line);
                }
            }
        } finally {
            begun.complete(false);
            said.complete("");
        }
    }

    /// Waits until the watcher has begun: a ping that comes before would kill its timer, which has
    /// not taken up the signal yet that a ping becomes there.
    ///
    /// @return false when it ended without
    boolean awaitBegun() {
        return begun.join();
    }

    /// Tells the watcher that somebody listens.
    void ping() throws IOException {
        stream.in().write('\n');
        stream.in().flush();
    }

    /// The watcher's own last word, if it gave one: `E gone …`, `X replaced`, … It comes on another
    /// stream than the end, and is waited for a moment.
    Optional<String> ending() throws InterruptedException {
        try {
            return Optional.of(said.get(2, TimeUnit.SECONDS)).filter(word -> !word.isEmpty());
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }

    /// Whether that last word means that another generation is written now.
    static boolean isMoved(String ending) {
        return ending.startsWith("X moved");
    }

    /// Whether that last word means that positions in this generation are worth nothing any more.
    static boolean isBroken(String ending) {
        return ending.startsWith("E gone")
                || ending.startsWith("E short")
                || ending.startsWith("X changed");
    }

    @Override
    public void close() {
        stream.close();
    }
}
