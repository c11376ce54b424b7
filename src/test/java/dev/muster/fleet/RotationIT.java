package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A journal that goes on in another file, under agents that write and a service that is cut off:
/// each event counts once, in order.
@Timeout(240)
class RotationIT {
    private static final int SMALL = 1500;

    /// Of which no journal of these tests is so large.
    private static final int NEVER = 1 << 20;

    /// Long enough for a test to do something before it is over, on a crowded machine too.
    private static final Duration LATER = Duration.ofSeconds(10);

    private static final String WAITING =
            "$MUSTER_EVENT working first; while [ ! -e go ]; do sleep 0.1; done;"
                    + " $MUSTER_EVENT idle last; exit 0";

    @TempDir Path folder;

    @Test
    void countsEachEventOnceOverManyRotationsAndCutOffReaders() throws Exception {
        int reports = 60;
        String chatty =
                "i=0; while [ $i -lt "
                        + reports
                        + " ]; do i=$((i+1)); $MUSTER_EVENT working $i;"
                        + " sleep 0.05; done";
        long seed = Long.getLong("muster.seed", System.nanoTime());
        System.out.println("RotationIT: -Dmuster.seed=" + seed);
        Random random = new Random(seed);
        List<SessionId> ids = new ArrayList<>();
        try (TestFleet fleet = fleet(SMALL)) {
            for (int i = 0; i < 3; i++) {
                ids.add(fleet.start("laptop", "api", "chatty-" + i, chatty, ""));
            }
            fleet.keepTmux();
        }
        for (int life = 0; life < 5; life++) {
            try (TestFleet fleet = fleet(SMALL)) {
                Thread.sleep(random.nextInt(900));
                fleet.keepTmux();
            }
        }
        try (TestFleet fleet = fleet(SMALL)) {
            for (SessionId id : ids) {
                fleet.await(id, State.Finished.class);
                assertThat(reports(fleet, id))
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, reports).mapToObj(i -> "" + i).toList());
                assertThat(fleet.history(id)).containsOnlyOnce("exited").doesNotContain("noted");
            }
            assertThat(generations()).hasSizeGreaterThan(2);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void readsWhatAWriterThatWasHeldUpLeavesInAnOldGeneration() throws Exception {
        SessionId id;
        String old;
        try (TestFleet fleet = fleet(SMALL, LATER)) {
            id = fleet.start("laptop", "api", "one", WAITING, "");
            fleet.await(id, State.Working.class);
            old = generations().first();
            rotated(fleet, id);
            report(old, id, "late");
            Awaitility.await().untilAsserted(() -> assertThat(reports(fleet, id)).contains("late"));
            fleet.keepTmux();
        }
        report(old, id, "later");
        try (TestFleet fleet = fleet(SMALL)) {
            Files.createFile(fleet.worktree(id).resolve("go"));
            fleet.await(id, State.Finished.class);
            assertThat(reports(fleet, id))
                    .containsOnlyOnce("first", "late", "later", "last")
                    .doesNotHaveDuplicates();
        }
    }

    /// Where a kill of the host's shell can leave a rotation.
    enum Cut {
        DECIDED,
        MADE,
        SWITCHED
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithARotationThatWasCutOff(Cut cut) throws Exception {
        SessionId id;
        try (TestFleet fleet = fleet(NEVER)) {
            id = fleet.start("laptop", "api", "one", WAITING, "");
            fleet.await(id, State.Working.class);
            fleet.keepTmux();
        }
        String old = generations().first();
        report(old, id, "x".repeat(SMALL));
        String next = old + "1";
        Files.writeString(state().resolve("next." + old), next + "\n");
        if (cut != Cut.DECIDED) {
            Files.createFile(journal(next));
        }
        if (cut == Cut.SWITCHED) {
            Files.writeString(state().resolve("gen"), next + "\n");
        }
        try (TestFleet fleet = fleet(SMALL)) {
            Awaitility.await().untilAsserted(() -> assertThat(gen()).isEqualTo(next));
            Files.createFile(fleet.worktree(id).resolve("go"));
            fleet.await(id, State.Finished.class);
            assertThat(reports(fleet, id)).containsExactly("first", "x".repeat(SMALL), "last");
            assertThat(Files.readString(journal(next))).contains("idle");
        }
    }

    /// Another service on the host may be killed before it has told. It waits for a tick of the
    /// watcher, and the others need not wait with it.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void findsOutByItselfThatAnotherGenerationIsWritten() throws Exception {
        try (TestFleet fleet = fleet(NEVER)) {
            SessionId id = fleet.start("laptop", "api", "one", WAITING, "");
            fleet.await(id, State.Working.class);
            String old = generations().first();
            Files.createFile(journal(old + "1"));
            Files.writeString(state().resolve("gen"), old + "1\n");
            Files.createFile(fleet.worktree(id).resolve("go"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(reports(fleet, id)).contains("last"));
            assertThat(reports(fleet, id)).containsExactly("first", "last");
            assertThat(fleet.history(id)).doesNotContain("noted");
        }
    }

    @Test
    void staysWithItsGenerationWhenSomebodyWritesThatItGoesOnElsewhere() throws Exception {
        try (TestFleet fleet = fleet(NEVER)) {
            SessionId id = fleet.start("laptop", "api", "one", WAITING, "");
            fleet.await(id, State.Working.class);
            String old = generations().first();
            append(old, "{\"next\":\"g0\"}");
            Files.createFile(fleet.worktree(id).resolve("go"));
            Awaitility.await().untilAsserted(() -> assertThat(reports(fleet, id)).contains("last"));
            assertThat(fleet.host("laptop")).matches(HostStatus::online);
            assertThat(generations()).containsExactly(old);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void clearsAwayOldGenerationsWithTheirCursors() throws Exception {
        try (TestFleet fleet = fleet(SMALL, LATER)) {
            SessionId id = fleet.start("laptop", "api", "one", WAITING, "");
            fleet.await(id, State.Working.class);
            String old = generations().first();
            rotated(fleet, id);
            Files.setLastModifiedTime(
                    journal(old), FileTime.from(Instant.now().minus(8, ChronoUnit.DAYS)));
            Awaitility.await().untilAsserted(() -> assertThat(journal(old)).doesNotExist());
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(fleet.fleet().memory().cursors("laptop"))
                                            .doesNotContainKey(old)
                                            .containsKey(gen()));
        }
    }

    private TestFleet fleet(long rotateAt) throws Exception {
        return fleet(rotateAt, Duration.ofSeconds(2));
    }

    /// @param stragglers what a test does within that time after a rotation counts for it
    private TestFleet fleet(long rotateAt, Duration stragglers) throws Exception {
        TestFleet fleet =
                TestFleet.in(folder)
                        .limits(new JournalLimits(rotateAt, Duration.ofMillis(200), stragglers))
                        .local("laptop")
                        .start();
        fleet.awaitOnline("laptop");
        return fleet;
    }

    /// Fills the journal and waits until the next generation is written and read.
    private void rotated(TestFleet fleet, SessionId id) throws Exception {
        String old = gen();
        report(old, id, "x".repeat(SMALL));
        Awaitility.await().untilAsserted(() -> assertThat(gen()).isNotEqualTo(old));
        report(gen(), id, "new");
        Awaitility.await().untilAsserted(() -> assertThat(reports(fleet, id)).contains("new"));
    }

    private static List<String> reports(TestFleet fleet, SessionId id) {
        return fleet.fleet().history(id, 0, 1000).stream()
                .flatMap(
                        line ->
                                line.event() instanceof SessionEvent.Reported reported
                                        ? Stream.of(Objects.requireNonNull(reported.detail()))
                                        : Stream.of())
                .toList();
    }

    private void report(String generation, SessionId id, String detail) throws IOException {
        StringBuilder hex = new StringBuilder();
        detail.chars().forEach(c -> hex.append("%02x".formatted(c)));
        append(
                generation,
                "{\"s\":\"%s\",\"k\":\"report\",\"state\":\"working\",\"t\":1,\"x\":\"%s\"}"
                        .formatted(id, hex));
    }

    private void append(String generation, String record) throws IOException {
        Files.writeString(journal(generation), "\n" + record + "\n", StandardOpenOption.APPEND);
    }

    private Path journal(String generation) throws IOException {
        return state().resolve("journal." + generation);
    }

    private String gen() throws IOException {
        return Files.readString(state().resolve("gen")).strip();
    }

    private TreeSet<String> generations() throws IOException {
        try (Stream<Path> files = Files.list(state())) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("journal."))
                    .forEach(name -> names.add(name.substring("journal.".length())));
            return names;
        }
    }

    private Path state() throws IOException {
        try (Stream<Path> machines =
                Files.list(folder.resolve("homes/laptop/.local/state/muster"))) {
            return machines.findFirst().orElseThrow();
        }
    }
}
