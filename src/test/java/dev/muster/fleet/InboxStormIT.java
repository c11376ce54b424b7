package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentEvent;
import dev.muster.api.Ulid;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many requests, each answered by two people at once who disagree, while connections drop and the
/// service begins anew: each is answered once, and the agent is told what the faster one said.
class InboxStormIT {
    private static final int SESSIONS = 4;
    private static final int AT_ONCE = 24;
    private static final Duration LONG = Duration.ofMinutes(20);

    @TempDir Path folder;

    private final Random random = new Random(42);

    /// Requests that one of the two has seen: the other answers them too, however late.
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private volatile Life life;
    private volatile boolean over;

    /// One life of the service.
    private record Life(TestFleet fleet, Inbox inbox, InboxKeeper keeper) {
        static Life begin(Path folder, TestSshd sshd) throws Exception {
            TestFleet fleet =
                    TestFleet.in(folder).agent(FakeClaude.in(folder)).ssh("dev-1", sshd).start();
            Inbox inbox = new Inbox(fleet.fleet());
            InboxKeeper keeper = new InboxKeeper(fleet.fleet(), inbox);
            keeper.start();
            return new Life(fleet, inbox, keeper);
        }

        void end() throws Exception {
            keeper.close();
            fleet.close();
        }
    }

    /// Somebody who gives the same answer to everything, and asks again until it is known what
    /// became of it.
    private final class Person {
        private final String name;
        private final Meant meant;
        private final Map<String, String> tokens = new ConcurrentHashMap<>();

        /// By request: whether this one's answer counts.
        private final Map<String, Boolean> counts = new ConcurrentHashMap<>();

        private final Thread thread;

        Person(String name, Meant meant) {
            this.name = name;
            this.meant = meant;
            this.thread = Thread.ofVirtual().name(name).start(this::answerAll);
        }

        private void answerAll() {
            while (!over) {
                life.inbox().waiting().forEach(waiting -> seen.add(waiting.request().id()));
                List<String> open = new ArrayList<>(seen);
                open.removeAll(counts.keySet());
                List<Thread> answers = new ArrayList<>();
                for (String id : open) {
                    answers.add(Thread.ofVirtual().start(() -> answer(id)));
                }
                try {
                    for (Thread answer : answers) {
                        answer.join();
                    }
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void answer(String id) {
            String token = tokens.computeIfAbsent(id, _ -> Ulid.next());
            try {
                life.inbox().answer(id, token, meant, name);
                counts.put(id, true);
            } catch (Refused e) {
                if (e.kind() == Refused.Kind.CONFLICT) {
                    counts.put(id, false);
                }
            } catch (RuntimeException e) {
                // The service went away: asked again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void answersEachRequestOnceThroughDisconnectsAndRestarts() throws Exception {
        storm(60, 4, 2);
    }

    @Test
    @Tag("long")
    void answersAThousandRequestsOnceThroughFiftyDisconnectsAndTenRestarts() throws Exception {
        storm(1000, 50, 10);
    }

    private void storm(int requests, int disconnects, int restarts) throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start()) {
            life = Life.begin(folder, sshd);
            life.fleet().awaitOnline("dev-1");
            List<Path> worktrees = new ArrayList<>();
            List<SessionId> ids = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                SessionId id = life.fleet().start("dev-1", "api", "s" + i, "", "");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(
                                () ->
                                        life.fleet().session(id).state().lifecycle()
                                                == State.Lifecycle.RUNNING);
                ids.add(id);
                worktrees.add(life.fleet().worktree(id));
            }
            Person ann = new Person("ann", new Meant.Allow(false));
            Person bob = new Person("bob", new Meant.Deny("bob says no", false));
            Thread asker = Thread.ofVirtual().start(() -> ask(worktrees, requests));
            for (int i = 1; i <= disconnects; i++) {
                int wanted = requests * i / (disconnects + 1);
                awaitTold(worktrees, wanted);
                Thread.sleep(random.nextInt(200));
                sshd.dropConnections();
                if (i % Math.max(1, disconnects / restarts) == 0) {
                    life.fleet().keepTmux();
                    life.end();
                    life = Life.begin(folder, sshd);
                }
            }
            asker.join();
            awaitTold(worktrees, requests);
            Awaitility.await("both know of each answer what became of it")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ann.counts.size() == requests && bob.counts.size() == requests);
            over = true;
            ann.thread.join();
            bob.thread.join();
            // An answer waits for its record to be read, but not for ever.
            Awaitility.await().untilAsserted(() -> check(ids, worktrees, requests, ann, bob));
            for (Path worktree : worktrees) {
                Files.createFile(worktree.resolve("stop"));
            }
            life.end();
        }
    }

    private void ask(List<Path> worktrees, int requests) {
        try {
            for (int i = 0; i < requests; i++) {
                int floor = i - AT_ONCE;
                awaitTold(worktrees, floor);
                FakeClaude.bash(worktrees.get(i % SESSIONS), "r" + i, "echo " + i);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void awaitTold(List<Path> worktrees, int wanted) {
        Awaitility.await(wanted + " are told")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> told(worktrees).size() >= wanted);
    }

    private static List<Path> told(List<Path> worktrees) throws IOException {
        List<Path> told = new ArrayList<>();
        for (Path worktree : worktrees) {
            try (var files = Files.list(worktree)) {
                files.filter(file -> file.toString().endsWith(".told")).forEach(told::add);
            }
        }
        return told;
    }

    /// By what the agents were told, what the people believe, and what the log says.
    private void check(
            List<SessionId> ids, List<Path> worktrees, int requests, Person ann, Person bob)
            throws IOException {
        int allowed = 0;
        for (Path file : told(worktrees)) {
            String said = Files.readString(file);
            assertThat(said.lines().count()).as(file + ": " + said).isEqualTo(1);
            boolean yes = said.contains("\"behavior\":\"allow\"");
            assertThat(yes != said.contains("bob says no")).as(said).isTrue();
            allowed += yes ? 1 : 0;
        }
        long byAnn = ann.counts.values().stream().filter(counts -> counts).count();
        long byBob = bob.counts.values().stream().filter(counts -> counts).count();
        assertThat(byAnn).isEqualTo(allowed);
        assertThat(byAnn + byBob).isEqualTo(requests);
        assertThat(ann.counts)
                .allSatisfy((id, counts) -> assertThat(bob.counts.get(id)).isNotEqualTo(counts));
        int asked = 0;
        Map<String, String> settled = new ConcurrentHashMap<>();
        for (SessionId id : ids) {
            for (Memory.Remembered one : life.fleet().fleet().history(id, 0, 100_000)) {
                if (!(one.event() instanceof SessionEvent.Said said)) {
                    continue;
                }
                asked += said.what() instanceof AgentEvent.Asked ? 1 : 0;
                if (said.what() instanceof AgentEvent.Settled s) {
                    assertThat(settled.put(s.request(), String.valueOf(s.by()))).isNull();
                }
            }
        }
        assertThat(asked).isEqualTo(requests);
        assertThat(settled).hasSize(requests);
        assertThat(settled)
                .allSatisfy(
                        (id, by) ->
                                assertThat(by.equals("ann"))
                                        .isEqualTo(Boolean.TRUE.equals(ann.counts.get(id))));
    }
}
