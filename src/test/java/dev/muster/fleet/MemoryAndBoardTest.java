package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.Request;
import dev.muster.session.JournalRecord;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import dev.muster.session.TestSpec;
import dev.muster.store.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of memory and board together: an event is in the one a moment before it is on the
/// other.
class MemoryAndBoardTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final SessionId ONE = new SessionId("01" + "0".repeat(23) + "1");
    private static final String REQUEST = "00112233445566ff";

    @TempDir Path folder;
    private final BoardKeeper board = new BoardKeeper();
    private final CountDownLatch committed = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestDatabase database;
    private HostLedger ledger;

    @BeforeEach
    void open() {
        database = TestDatabase.sqlite(folder.resolve("muster.db"));
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        board.update(b -> b.withStatus(HostStatus.connecting("dev-1", "local", NOON)));
        new HostLedger("dev-1", database.memory(), board, clock).adopt(List.of(spec()));
        ledger = new HostLedger("dev-1", holdingAfterCommits(database.memory()), board, clock);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        database.close();
    }

    /// Else its hook would be ended as answered by hand.
    @Test
    void aRequestWaitsThatIsInMemoryAndNotOnTheBoardYet() throws Exception {
        assertThat(duringCommit(asked(), () -> ledger.isOver(ONE, REQUEST))).isFalse();
    }

    /// Else who sent it is told that it is delivered, and finds the session idle.
    @Test
    void aPromptIsTakenOnceTheBoardShowsIt() throws Exception {
        State before = state();
        State told =
                duringCommit(
                        new AgentEvent.Prompted("hello", "d1"),
                        () -> ledger.prompted(ONE, "d1") == 1 ? state() : before);
        assertThat(before).isNotInstanceOf(State.Working.class);
        assertThat(told).isInstanceOf(State.Working.class);
    }

    /// @return what a look says that begins while an event is in memory only
    private <T> T duringCommit(AgentEvent event, Supplier<T> look) throws Exception {
        CompletableFuture<Boolean> read = CompletableFuture.supplyAsync(() -> read(0, event));
        assertThat(committed.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<T> says = new CompletableFuture<>();
        Thread looks = Thread.ofPlatform().start(() -> says.complete(look.get()));
        Awaitility.await("it waits for the board, or has said something")
                .atMost(Duration.ofSeconds(60))
                .until(() -> says.isDone() || looks.getState() == Thread.State.WAITING);
        goOn.countDown();

        assertThat(read.get(60, TimeUnit.SECONDS)).isTrue();
        return says.get(60, TimeUnit.SECONDS);
    }

    private State state() {
        return board.now().session(ONE).orElseThrow().state();
    }

    @Test
    void isOverOnceItIsSettledAndNeverBeforeItWasAsked() {
        goOn.countDown();
        assertThat(ledger.isOver(ONE, REQUEST)).isFalse();
        read(0, asked());
        assertThat(ledger.isOver(ONE, REQUEST)).isFalse();
        read(10, new AgentEvent.Settled(REQUEST, AgentEvent.Settlement.CANCELLED, null));
        assertThat(ledger.isOver(ONE, REQUEST)).isTrue();
        assertThat(ledger.isOver(ONE, "ffeeddccbbaa0011")).isFalse();
    }

    private boolean read(long from, AgentEvent event) {
        return ledger.read(
                "g1",
                from,
                from + 10,
                List.of(
                        new JournalRecord(
                                from,
                                from + 10,
                                new JournalRecord.Content.Of(
                                        ONE, List.of(new SessionEvent.Said(NOON, 1, event))))));
    }

    private static AgentEvent asked() {
        return new AgentEvent.Asked(
                new Request(
                        REQUEST,
                        Request.Kind.APPROVAL,
                        "Bash",
                        "ls",
                        JsonNodeFactory.instance.objectNode().put("command", "ls"),
                        "digest",
                        List.of(),
                        null,
                        NOON));
    }

    /// A memory that returns from a commit only when the test lets it.
    private Memory holdingAfterCommits(Memory memory) {
        return (Memory)
                Proxy.newProxyInstance(
                        Memory.class.getClassLoader(),
                        new Class<?>[] {Memory.class},
                        (_, method, args) -> {
                            try {
                                Object result = method.invoke(memory, args);
                                if (method.getName().equals("commit")) {
                                    committed.countDown();
                                    goOn.await();
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static SessionSpec spec() {
        return TestSpec.of(ONE, NOON).build();
    }
}
