package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One id is one session, and one run, however often and from how many sides it is asked for.
class RepeatedStartIT {
    private static final int CLIENTS = 20;

    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void makesOneSessionOfOneIdAskedForByManyAtOnce() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            SessionId id = new SessionId(Ulid.next());

            List<Future<Session>> answers =
                    allAtOnce(i -> fleet.starts().start(ask(id, "laptop", null)));

            for (Future<Session> answer : answers) {
                assertThat(answer.get().id()).isEqualTo(id);
            }
            fleet.await(id, State.Finished.class);
            assertThat(fleet.board().sessions()).hasSize(1);
            assertThat(ledger()).containsExactly(id.value());
        }
    }

    @Test
    void givesANameToOneOfManyWhoAskForItAtOnce() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {

            List<Future<Session>> answers =
                    allAtOnce(
                            i ->
                                    fleet.starts()
                                            .start(
                                                    ask(
                                                            new SessionId(Ulid.next()),
                                                            "laptop",
                                                            "wanted")));

            List<SessionId> won = new ArrayList<>();
            for (Future<Session> answer : answers) {
                try {
                    won.add(answer.get().id());
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    Refused.class,
                                    refused ->
                                            assertThat(refused.kind())
                                                    .isEqualTo(Refused.Kind.CONFLICT));
                }
            }
            assertThat(won).hasSize(1);
            fleet.await(won.getFirst(), State.Finished.class);
            assertThat(ledger()).containsExactly(won.getFirst().value());
        }
    }

    @Test
    void runsOnceWhenTheLinkBreaksInTheMiddleOfStarting() throws Exception {
        Random random = new Random(20);
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SessionId> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                fleet.awaitOnline("dev-1");
                SessionId id = new SessionId(Ulid.next());
                Future<?> start =
                        threads.submit(() -> startUntilTaken(fleet, ask(id, "dev-1", null)));
                Thread.sleep(random.nextInt(150));
                sshd.dropConnections();
                start.get();
                ids.add(id);
            }
            for (SessionId id : ids) {
                fleet.await(id, State.Finished.class);
            }
            assertThat(ledger())
                    .containsExactlyInAnyOrderElementsOf(
                            ids.stream().map(SessionId::value).toList());
        }
    }

    private static Session startUntilTaken(TestFleet fleet, StartAsk ask) throws Exception {
        while (true) {
            try {
                return fleet.starts().start(ask);
            } catch (Refused e) {
                assertThat(e.kind()).isEqualTo(Refused.Kind.UNREACHABLE);
                fleet.awaitOnline("dev-1");
            }
        }
    }

    private interface Asking {
        Session ask(int client) throws Exception;
    }

    private static List<Future<Session>> allAtOnce(Asking asking) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Session>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                Callable<Session> task =
                        () -> {
                            go.await();
                            return asking.ask(client);
                        };
                answers.add(threads.submit(task));
            }
            go.countDown();
            return answers;
        }
    }

    private List<String> ledger() throws Exception {
        return Files.readAllLines(folder.resolve("ledger"));
    }

    private StartAsk ask(SessionId id, String host, @Nullable String name) {
        String script = "printf '%s\\n' \"$MUSTER_SESSION\" >>'" + folder + "/ledger'";
        return new StartAsk(
                id,
                host,
                "api",
                name,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                List.of(script, "agent"),
                true,
                "do it");
    }
}
