package dev.muster.web.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.fleet.BoardKeeper;
import dev.muster.fleet.Fleet;
import dev.muster.web.gate.Caller;
import dev.muster.web.gate.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/// Every open event stream. Runs each on its caller's (virtual) thread until the client goes or the
/// service ends.
@ApplicationScoped
public class Streams {
    /// The command line takes a minute of silence for a dead connection.
    private static final Duration BEAT = Duration.ofSeconds(15);

    /// The first change is told at once, those right after it together.
    private static final Duration APART = Duration.ofMillis(50);

    private static final int MOST = 1_000;

    /// Of one token with a scope.
    private static final int MOST_OF_ONE = 50;

    private final BoardKeeper board;
    private final ObjectMapper json;
    private final CurrentCaller caller;
    private final Seats seats = new Seats(MOST, MOST_OF_ONE);
    private final Set<News> open = ConcurrentHashMap.newKeySet();
    private volatile LongConsumer timer = nanos -> {};
    private volatile boolean closing;

    Streams(Fleet fleet, ObjectMapper json, CurrentCaller caller) {
        this.board = fleet.board();
        this.json = json;
        this.caller = caller;
    }

    /// What a stream tells: called first, and again after every change of the board.
    public interface Teller {
        /// @return false when there will be nothing more to tell
        boolean tell(Outlet outlet) throws Outlet.Gone, InterruptedException;
    }

    /// Serves one subscriber until it goes.
    ///
    /// @throws Crowded when there are too many already; nothing was sent then
    public void run(SseEventSink sink, Sse sse, Teller teller)
            throws Crowded, InterruptedException {
        Caller who = caller.get();
        seats.take(who);
        try {
            serve(sink, sse, teller);
        } finally {
            seats.leave(who);
        }
    }

    private void serve(SseEventSink sink, Sse sse, Teller teller) throws InterruptedException {
        Outlet outlet = new Outlet(sink, sse, json);
        News news = new News();
        // Listening first: what changes while the first state is sent is told after it.
        Runnable stop = board.listen(news::ring);
        open.add(news);
        try (sink) {
            boolean more = teller.tell(outlet);
            while (more && outlet.isOpen() && !closing) {
                Thread.sleep(APART);
                if (news.await(BEAT)) {
                    more = closing || teller.tell(outlet);
                    timer.accept(news.ageNanos());
                } else {
                    outlet.beat();
                }
            }
        } catch (Outlet.Gone e) {
            // Clients come and go.
        } finally {
            open.remove(news);
            stop.run();
        }
    }

    /// @param timer told how long each change took until it was sent to a client, in nanoseconds
    public void timedBy(LongConsumer timer) {
        this.timer = timer;
    }

    /// How many subscribers there are now.
    public int size() {
        return open.size();
    }

    /// Ends every stream.
    public void close() {
        closing = true;
        open.forEach(News::ring);
    }
}
