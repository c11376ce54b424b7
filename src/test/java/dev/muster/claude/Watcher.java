package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Board;
import dev.muster.api.SessionRow;
import dev.muster.testing.MachineClock;
import dev.muster.testing.MachineLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Looks at the board every 50 ms, as `muster status --json` would print it. Once a session was
/// seen as a step of the test expects it, all else is wrong until its next step begins. What a
/// session has used never falls.
final class Watcher implements AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(1500);
    private static final Duration EVERY = Duration.ofMillis(50);

    private final LifeWorld world;
    private final Duration steady;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Right> right = new ConcurrentHashMap<>();
    private final MachineLoad load = new MachineLoad();
    private final MachineClock clock = new MachineClock();
    private final Thread thread;
    private volatile Board last;
    private volatile boolean over;
    private int steps;
    private Duration slowest = Duration.ZERO;
    private Duration slowestPrinted = Duration.ZERO;

    /// @param meanwhile how it may also be seen soon after the event
    private record Right(Predicate<SessionRow> state, Predicate<SessionRow> meanwhile, long event) {
        boolean is(SessionRow row, boolean soon) {
            return state.test(row) || (soon && meanwhile.test(row));
        }
    }

    /// @param steady for how long a step stays as it is, at the least
    Watcher(LifeWorld world, Duration steady) throws Exception {
        this.world = world;
        this.steady = steady;
        this.last = world.board();
        this.thread = Thread.ofPlatform().name("watcher").start(this::watch);
    }

    private void watch() {
        while (!over) {
            try {
                Map<String, Right> expected = Map.copyOf(right);
                Board before = last;
                Board board = world.board();
                expected.forEach((name, is) -> check(board, name, is));
                before.sessions().forEach(row -> onlyGrows(row, board));
                last = board;
                load.look(EVERY);
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                wrong.add(e.toString());
            }
        }
    }

    private void check(Board board, String name, Right expected) {
        SessionRow row = row(board, name).orElse(null);
        boolean soon = clock.since(expected.event).compareTo(soon()) < 0;
        boolean is = row != null && expected.is(row, soon) && !row.stale() && !row.estimated();
        // A step may have begun meanwhile.
        if (!is && right.get(name) == expected) {
            wrong.add(name + ": " + row);
        }
    }

    private void onlyGrows(SessionRow before, Board board) {
        SessionRow now = row(board, before.name()).orElse(null);
        if (now == null || spent(now) < spent(before)) {
            wrong.add("less than before: " + before + ", then " + now);
        }
    }

    private static double spent(SessionRow row) {
        SessionRow.Usage usage = row.usage();
        if (usage == null) {
            return 0;
        }
        double usd = usage.costUsd() == null ? 0 : usage.costUsd();
        return usd + (usage.inputTokens() == null ? 0 : usage.inputTokens());
    }

    private static Optional<SessionRow> row(Board board, String name) {
        return board.sessions().stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /// Does something, and waits until the board and `muster status --json` say so, and for a
    /// while that it stays so.
    ///
    /// @param act returns at the event that the board has to tell soon
    /// @param state how the session then is, until the next step
    /// @param usage what it has then used
    void step(
            String name,
            String what,
            Act act,
            Predicate<SessionRow> state,
            Predicate<SessionRow> usage)
            throws Exception {
        step(name, what, act, state, usage, _ -> false);
    }

    /// @param meanwhile how it may also be seen, but no longer than until soon after the event
    void step(
            String name,
            String what,
            Act act,
            Predicate<SessionRow> state,
            Predicate<SessionRow> usage,
            Predicate<SessionRow> meanwhile)
            throws Exception {
        right.remove(name);
        act.run();
        long event = clock.now();
        awaitSoon(name, what, event, state);
        right.put(name, new Right(state, meanwhile, event));
        awaitSoon(name, what, event, usage);
        Duration seen = clock.since(event);
        Board printed = world.status(name);
        Duration told = clock.since(event);
        SessionRow row = row(printed, name).orElseThrow();
        assertThat(state.and(usage).test(row)).as("%s, printed: %s", what, row).isTrue();
        assertThat(printed.requests().isEmpty())
                .as("%s, printed: %s", what, printed.requests())
                .isEqualTo(!row.state().startsWith("needs-"));
        assertThat(told).as("%s, printed", what).isLessThan(soon());
        Awaitility.await(what)
                .pollInterval(EVERY)
                .atMost(Duration.ofSeconds(60))
                .until(() -> clock.since(event).compareTo(seen.plus(steady)) > 0);
        assertThat(wrong).as(what).isEmpty();
        steps++;
        slowest = seen.compareTo(slowest) > 0 ? seen : slowest;
        slowestPrinted = told.compareTo(slowestPrinted) > 0 ? told : slowestPrinted;
    }

    private void awaitSoon(String name, String what, long event, Predicate<SessionRow> expected) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            SessionRow row = row(name);
                            if (row != null && expected.test(row)) {
                                return true;
                            }
                            assertThat(clock.since(event))
                                    .as(() -> what + ", the board: " + row + billed(row))
                                    .isLessThan(soon());
                            return false;
                        });
    }

    private String billed(@Nullable SessionRow row) {
        return row == null ? "" : ", billed: " + world.model(row.host()).bill();
    }

    private @Nullable SessionRow row(String name) {
        return row(last, name).orElse(null);
    }

    private Duration soon() {
        return load.allows(SOON);
    }

    /// How it went, in a sentence.
    String summary() {
        return "%d steps, on the board after %d ms at most, printed after %d ms at most"
                .formatted(steps, slowest.toMillis(), slowestPrinted.toMillis());
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
        clock.close();
    }

    interface Act {
        void run() throws Exception;
    }
}
