package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions of one service that another one on the same account takes over.
class TakeOverIT {
    @TempDir Path folder;

    @Test
    void goesOnRunningUnderItsNewOwnerAndTheOldOneKnows() throws Exception {
        try (TestFleet old = TestFleet.local(folder)) {
            SessionId id = old.start("laptop", "api", "one", "sleep 1000", "");
            old.await(id, State.Working.class);
            try (TestFleet heir =
                    TestFleet.in(folder).service("heirservice").local("laptop").start().online()) {
                heir.await(id, State.Working.class);
                Long pid = heir.session(id).pid();
                assertThat(new SessionAdoption(heir.fleet()).adopt(id, false, null))
                        .contains("this service's now");
                awaitOwner(heir, id, "heirservice");
                awaitOwner(old, id, "heirservice");
                assertThat(heir.session(id).pid()).isEqualTo(pid);
                heir.ends().stop(id, "test");
                heir.await(id, State.Stopped.class);
                heir.keepTmux();
            }
        }
    }

    @Test
    void belongsToOneOfAllThatTakeItAtOnce() throws Exception {
        try (TestFleet old = TestFleet.local(folder)) {
            SessionId id = old.start("laptop", "api", "one", "sleep 1000", "");
            old.await(id, State.Working.class);
            List<TestFleet> heirs = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (String name : List.of("firstservice", "secondservice", "thirdservice")) {
                    TestFleet heir = TestFleet.in(folder).service(name).local("laptop").start();
                    heir.keepTmux();
                    heirs.add(heir);
                    heir.online();
                    heir.await(id, State.Working.class);
                }
                List<Callable<String>> takes = new ArrayList<>();
                heirs.forEach(
                        heir ->
                                takes.add(
                                        () ->
                                                new SessionAdoption(heir.fleet())
                                                        .adopt(id, false, null)));
                List<String> taken = new ArrayList<>();
                for (Future<String> take : threads.invokeAll(takes)) {
                    try {
                        taken.add(take.get());
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).hasMessageContaining("somebody else");
                    }
                }
                // One that came so late that it saw the new owner has it from that one.
                assertThat(taken)
                        .filteredOn(answer -> answer.endsWith("it was testservice's"))
                        .hasSize(1);
                Awaitility.await()
                        .untilAsserted(
                                () ->
                                        assertThat(heirs)
                                                .extracting(h -> h.session(id).spec().owner())
                                                .containsOnly(old.session(id).spec().owner())
                                                .doesNotContain("testservice"));
            } finally {
                for (TestFleet heir : heirs) {
                    heir.close();
                }
            }
        }
    }

    private static void awaitOwner(TestFleet fleet, SessionId id, String owner) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(fleet.session(id))
                                        .extracting(Session::spec)
                                        .matches(spec -> spec.owner().equals(owner)));
    }
}
