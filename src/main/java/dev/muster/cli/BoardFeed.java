package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.cli.client.EventStream;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServerEvent;
import dev.muster.cli.client.ServiceClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Listens to a service's board events in the background, across lost connections.
final class BoardFeed {
    /// A burst of changes is one.
    private static final long SETTLE_MILLIS = 80;

    private static final long AGAIN_MILLIS = 1000;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(1000);
    private @Nullable Board board;
    private @Nullable String trouble;

    /// What came from the service, or did not.
    sealed interface Heard {
        record Event(ServerEvent event) implements Heard {}

        record Lost(String why) implements Heard {}

        record Refused(ProblemException problem) implements Heard {}
    }

    private BoardFeed() {}

    /// @param what hosts, ranges, groups or names of sessions; empty for everything
    static BoardFeed of(ServiceClient service, List<String> what) {
        BoardFeed feed = new BoardFeed();
        Thread.ofVirtual().name("board-events").start(() -> feed.listen(service, what));
        return feed;
    }

    private void listen(ServiceClient service, List<String> what) {
        try {
            while (true) {
                try (EventStream events = service.events(Paths.boardEvents(what))) {
                    Optional<ServerEvent> event = events.next();
                    while (event.isPresent()) {
                        heard.put(new Heard.Event(event.get()));
                        event = events.next();
                    }
                    heard.put(new Heard.Lost("the service ended the stream"));
                } catch (ProblemException e) {
                    heard.put(new Heard.Refused(e));
                    return;
                } catch (IOException e) {
                    heard.put(new Heard.Lost("" + e.getMessage()));
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the next thing and folds it into the board.
    Heard take() throws ProblemException, IOException, InterruptedException {
        Heard next = heard.take();
        fold(next);
        return next;
    }

    /// Waits at most so long for something new, and folds all that comes within a moment.
    void await(long millis) throws ProblemException, IOException, InterruptedException {
        Heard next = heard.poll(millis, TimeUnit.MILLISECONDS);
        long settled = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
        while (next != null) {
            fold(next);
            next = heard.poll(settled - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /// The board now; empty until the service has sent one.
    Optional<Board> board() {
        return Optional.ofNullable(board);
    }

    /// Why the board is only as last known; empty while the service is heard.
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void fold(Heard next) throws ProblemException, IOException {
        switch (next) {
            case Heard.Event(ServerEvent event) -> {
                board = fold(board, event);
                trouble = null;
            }
            case Heard.Lost(String why) -> trouble = why;
            case Heard.Refused(ProblemException problem) -> throw problem;
        }
    }

    private static @Nullable Board fold(@Nullable Board board, ServerEvent event)
            throws IOException {
        return switch (event.name()) {
            case "board" -> Json.read(event.data(), Board.class);
            case "change" ->
                    board == null
                            ? null
                            : BoardFold.fold(board, Json.read(event.data(), BoardChange.class));
            default -> board;
        };
    }
}
