package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.Folders;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Notices;
import dev.muster.host.Reach;
import dev.muster.host.Rules;
import dev.muster.host.Tokens;
import dev.muster.link.Connector;
import dev.muster.link.Link;
import dev.muster.link.LinkFailure;
import dev.muster.link.RunResult;
import dev.muster.link.StandingStream;
import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.shell.Script;
import dev.muster.store.TestDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that is connected anew has one keeper, and one ledger, at a time.
class ReloadTest {
    private static final SessionId ID = new SessionId("01ARZ3NDEKTSV4RRFFQ69G5FAV");

    @TempDir Path folder;

    /// Threads that are in a link of the host now.
    private final AtomicInteger inside = new AtomicInteger();

    /// How many were when each connection was made.
    private final List<Integer> insideBefore = new CopyOnWriteArrayList<>();

    @Test
    void connectsAnewOnlyWhenNothingOfTheOldConnectionRunsAnyMore() throws Exception {
        try (TestDatabase database = TestDatabase.sqlite(folder.resolve("muster.db"));
                Fleet fleet = fleet(database)) {
            for (int life = 1; life <= 3; life++) {
                int lives = life;
                fleet.apply(hosts("home-" + life));
                Awaitility.await()
                        .untilAsserted(
                                () -> {
                                    assertThat(insideBefore).hasSize(lives);
                                    assertThat(inside.get()).isPositive();
                                });
            }
            assertThat(insideBefore).containsOnly(0);
        }
        assertThat(inside.get()).isZero();
    }

    @Test
    void writesNothingIntoAClosedLedger() throws Exception {
        try (TestDatabase database = TestDatabase.sqlite(folder.resolve("muster.db"))) {
            BoardKeeper board = new BoardKeeper();
            HostLedger ledger =
                    new HostLedger("dev-1", database.memory(), board, Clock.systemUTC());
            assertThat(ledger.read("g1", 0, 10, List.of())).isTrue();
            ledger.close();
            assertThat(ledger.read("g1", 10, 20, List.of())).isFalse();
            ledger.note(ID, new SessionEvent.Missing(Instant.EPOCH, "gone"));
            assertThat(database.memory().cursors("dev-1")).containsEntry("g1", 10L);
        }
    }

    private Fleet fleet(TestDatabase database) {
        Identity identity =
                new Identity("testservice", Folders.of(Map.of(), folder), Instant.now());
        return new Fleet(
                database.memory(),
                new Connections(),
                identity,
                JournalLimits.STANDARD,
                Clock.systemUTC());
    }

    private Hosts hosts(String home) {
        Host host =
                new Host(
                        "dev-1",
                        new Reach.Local(Optional.of(folder.resolve(home))),
                        Map.of(),
                        false,
                        "sh",
                        Map.of(),
                        Map.of(),
                        new LinkedHashMap<>());
        return new Hosts(
                new LinkedHashMap<>(Map.of("dev-1", host)),
                Map.of(),
                Map.of(),
                Rules.NONE,
                Notices.NONE,
                Tokens.NONE);
    }

    private final class Connections implements Connector {
        @Override
        public Link connect(Host host) {
            insideBefore.add(inside.get());
            return new SlowLink();
        }

        @Override
        public void close() {
            // Nothing is shared.
        }
    }

    /// A host with nothing on it, whose channels take their time to end.
    private final class SlowLink implements Link {
        private final CompletableFuture<LinkFailure> closed = new CompletableFuture<>();

        @Override
        public RunResult run(Script script, Duration timeout) {
            String said =
                    switch (script.name()) {
                        case "hello" -> "home 2f\nstate 2f\ngen g1\njournal g1 0\ndone\n";
                        case "sweep" -> "server down\njournal g1 0\ndone\n";
                        default -> "";
                    };
            byte[] out = said.getBytes(StandardCharsets.UTF_8);
            return new RunResult(0, out, new byte[0], "");
        }

        @Override
        public StandingStream open(Script script) {
            return new SlowStream(this);
        }

        @Override
        public TerminalChannel terminal(String command, TerminalSize size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Duration> latency() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<LinkFailure> closed() {
            return closed;
        }

        @Override
        public void close() {
            closed.complete(new LinkFailure.Offline("closed"));
        }
    }

    private final class SlowStream implements StandingStream {
        private final SlowLink link;

        SlowStream(SlowLink link) {
            this.link = link;
        }

        @Override
        public InputStream out() {
            return new InputStream() {
                @Override
                public int read() {
                    inside.incrementAndGet();
                    try {
                        link.closed.join();
                        awaitMillis(300);
                        return -1;
                    } finally {
                        inside.decrementAndGet();
                    }
                }
            };
        }

        @Override
        public InputStream err() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream in() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public CompletionStage<Integer> exited() {
            return link.closed.thenApply(failure -> -1);
        }

        @Override
        public void close() {
            // Ends with its link.
        }
    }

    /// Whoever interrupts it waits all the same, as for a call into the system.
    private static void awaitMillis(long millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
