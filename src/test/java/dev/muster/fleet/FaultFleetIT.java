package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.link.LinkFailure;
import dev.muster.link.LinkTimings;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.SmallDisk;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Sessions on hosts that fail: each is shown as what it is, the others go on, and it comes back by
/// itself where it can.
@Timeout(300)
class FaultFleetIT {
    /// Works until the file `go` is there, then reports and ends.
    private static final String PATIENT =
            "while [ ! -e go ]; do sleep 0.1; done; $MUSTER_EVENT idle; exit 4";

    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void showsAHostThatHangsAndTakesItUpAgain() throws Exception {
        hangsAndComesBack(TestFleet.ALERT, Duration.ofSeconds(30));
    }

    @Test
    @Tag("long")
    void showsAHostThatHangsWithin45Seconds() throws Exception {
        hangsAndComesBack(LinkTimings.STANDARD, Duration.ofSeconds(45));
    }

    private void hangsAndComesBack(LinkTimings timings, Duration seen) throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestSshd other = TestSshd.in(folder.resolve("other")).start();
                TestFleet fleet =
                        TestFleet.in(folder)
                                .timings(timings)
                                .ssh("dev-1", sshd)
                                .ssh("dev-2", other)
                                .start()) {
            fleet.awaitOnline("dev-1");
            fleet.awaitOnline("dev-2");
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            CompletableFuture<HostStatus> offline = fleet.becomes("dev-1", HostState.OFFLINE);
            sshd.pause();
            assertThat(offline.get(seen.toSeconds(), TimeUnit.SECONDS).detail())
                    .contains("no sign of life");
            assertThat(fleet.session(id).state().word()).isEqualTo("working");
            SessionId live = fleet.start("dev-2", "api", "live", "exit 0", "");
            fleet.await(live, State.Finished.class);
            fleet.awaitHost("dev-2", HostState.ONLINE);
            Files.createFile(fleet.worktree(id).resolve("go"));
            sshd.resume();
            until(
                    Duration.ofSeconds(60),
                    () -> assertThat(fleet.host("dev-1")).matches(HostStatus::online));
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).status()).isEqualTo(4);
            assertThat(fleet.history(id)).containsOnlyOnce("exited").containsOnlyOnce("reported");
        }
    }

    /// A laptop's lid: everything there stands still, longer than its connection lives.
    @Test
    void losesNothingOfALaptopThatSleeps() throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestFleet fleet =
                        TestFleet.in(folder).timings(TestFleet.ALERT).ssh("laptop", sshd).start()) {
            fleet.awaitOnline("laptop");
            SessionId id =
                    fleet.start(
                            "laptop",
                            "api",
                            "counter",
                            "for i in 1 2 3 4 5; do $MUSTER_EVENT working $i; sleep 0.3; done",
                            "");
            fleet.await(id, State.Working.class);
            sshd.pause();
            fleet.awaitHost("laptop", HostState.OFFLINE);
            sshd.resume();
            fleet.awaitOnline("laptop");
            fleet.await(id, State.Finished.class);
            assertThat(fleet.history(id)).filteredOn("reported"::equals).hasSize(5);
            assertThat(fleet.history(id)).filteredOn("exited"::equals).hasSize(1);
        }
    }

    @Test
    void refusesAChangedKeyWhileRunningUntilAPersonTrustsIt() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            fleet.sshd().restartWithNewKeys();
            fleet.awaitHost("dev-1", HostState.HOST_KEY_CHANGED);
            assertThat(fleet.session(id).state().word()).isEqualTo("working");
            assertThat(fleet.host("dev-1").detail()).contains("muster hosts trust dev-1");
            Files.createFile(fleet.worktree(id).resolve("go"));
            LinkFailure.HostKeyChanged changed =
                    (LinkFailure.HostKeyChanged) fleet.fleet().failure("dev-1").orElseThrow();
            fleet.links().knownHosts().trust(changed.offered());
            fleet.fleet().wake("dev-1");
            fleet.awaitOnline("dev-1");
            fleet.await(id, State.Failed.class);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatAHostHasNoTmuxAndWhyAStartFailed() throws Exception {
        Path bin = pathWithout("tmux");
        try (TestFleet fleet =
                TestFleet.overSsh(folder, server -> server.env("PATH", bin.toString()))) {
            assertThat(fleet.host("dev-1").problems())
                    .anySatisfy(
                            problem -> {
                                assertThat(problem.what()).isEqualTo("tmux");
                                assertThat(problem.fix()).contains("install tmux 3.2a");
                            });
            SessionId id = fleet.start("dev-1", "api", "one", "exit 0", "");
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).state().detail()).contains("tmux");
            Awaitility.await()
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> fleet.host("dev-1").online());
        }
    }

    @Test
    void worksOnAHostThatAllowsTwoChannels() throws Exception {
        channels(2);
    }

    @Test
    void worksOnAHostThatAllowsOneChannel() throws Exception {
        channels(1);
    }

    private void channels(int most) throws Exception {
        try (TestFleet fleet =
                TestFleet.overSsh(folder, server -> server.option("MaxSessions " + most))) {
            SessionId one = fleet.start("dev-1", "api", "one", "exit 0", "");
            SessionId two = fleet.start("dev-1", "api", "two", PATIENT, "");
            fleet.await(one, State.Finished.class);
            fleet.await(two, State.Working.class);
            assertThat(fleet.ends().stop(two, "test")).contains("stopped");
            assertThat(fleet.host("dev-1")).matches(HostStatus::online);
        }
    }

    /// It waits for a tick of the watcher, and the others need not wait with it.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void goesOnWhenTheJournalIsDeletedUnderItsReader() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            Files.delete(journal(fleet.sshd().home()));
            goesOn(fleet, id);
        }
    }

    @Test
    void goesOnWhenTheJournalIsTruncatedUnderItsReader() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            Files.write(journal(fleet.sshd().home()), new byte[0]);
            goesOn(fleet, id);
        }
    }

    /// Within a tick of the watcher, the next generation is read.
    private static void goesOn(TestFleet fleet, SessionId id) throws Exception {
        Files.createFile(fleet.worktree(id).resolve("go"));
        fleet.await(id, State.Failed.class);
        SessionId next = fleet.start("dev-1", "api", "two", "$MUSTER_EVENT idle; exit 0", "");
        until(
                Duration.ofSeconds(90),
                () -> assertThat(fleet.session(next).state()).isInstanceOf(State.Finished.class));
        SessionId last = fleet.start("dev-1", "api", "three", "$MUSTER_EVENT idle; exit 0", "");
        fleet.await(last, State.Finished.class);
        assertThat(fleet.history(last)).containsOnlyOnce("reported").containsOnlyOnce("exited");
        assertThat(fleet.host("dev-1")).matches(HostStatus::online);
    }

    @Test
    void saysThatSessionsAreLostWhoseStateFolderWasRemovedAndStartsAnew() throws Exception {
        try (TestFleet fleet = TestFleet.overSsh(folder)) {
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            Path worktree = fleet.worktree(id);
            Path state = journal(fleet.sshd().home()).getParent();
            // Away at once, and before the server goes: of a folder that is still there, its end
            // would say that the session has crashed.
            Path away = Files.move(state, folder.resolve("away"));
            TestTmux.killAll(folder);
            // What ends just now may still write there.
            Awaitility.await().untilAsserted(() -> run("rm", "-rf", away.toString()));
            fleet.await(id, State.Lost.class);
            assertThat(worktree).exists();
            SessionId next = fleet.start("dev-1", "api", "two", "exit 0", "");
            fleet.await(next, State.Finished.class);
        }
    }

    @Test
    void showsAFullDiskAndMendsWhatWasLostWhenThereIsRoomAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), "4m");
                TestFleet fleet = onDisk(disk)) {
            SessionId id =
                    fleet.start(
                            "dev-1",
                            "api",
                            "one",
                            "while [ ! -e go ]; do sleep 0.1; done;"
                                    + " $MUSTER_EVENT idle \"$(printf %04000d 0)\";"
                                    + " while [ ! -e end ]; do sleep 0.1; done; exit 4",
                            "");
            fleet.await(id, State.Working.class);
            disk.fill(0);
            Files.createFile(fleet.worktree(id).resolve("go"));
            until(
                    Duration.ofSeconds(90),
                    () ->
                            assertThat(fleet.host("dev-1").problems())
                                    .extracting(HostStatus.Problem::what)
                                    .contains("disk", "lost-events"));
            until(Duration.ofSeconds(60), () -> assertThat(fleet.history(id)).contains("noted"));
            assertThat(fleet.session(id).state().word()).isEqualTo("working");
            assertThat(fleet.host("dev-1")).matches(HostStatus::online);
            disk.empty();
            until(
                    Duration.ofSeconds(60),
                    () ->
                            assertThat(fleet.host("dev-1").problems())
                                    .extracting(HostStatus.Problem::what)
                                    .doesNotContain("lost-events"));
            Files.createFile(fleet.worktree(id).resolve("end"));
            fleet.await(id, State.Failed.class);
            assertThat(fleet.session(id).status()).isEqualTo(4);
            SessionId next = fleet.start("dev-1", "api", "two", "exit 0", "");
            fleet.await(next, State.Finished.class);
        }
    }

    /// An end that could not be written down is found out by looking.
    @Test
    void learnsOfAnEndThatAFullDiskSwallowed() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), "4m");
                TestFleet fleet = onDisk(disk)) {
            SessionId id = fleet.start("dev-1", "api", "one", PATIENT, "");
            fleet.await(id, State.Working.class);
            disk.fill(0);
            Files.createFile(fleet.worktree(id).resolve("go"));
            until(
                    Duration.ofSeconds(60),
                    () -> assertThat(fleet.session(id).ended()).as("ended").isTrue());
            SessionId refused = fleet.start("dev-1", "api", "two", "exit 0", "");
            fleet.await(refused, State.Failed.class);
            assertThat(fleet.session(refused).state().detail()).contains("disk");
        }
    }

    /// A host whose state folder is on that disk.
    private TestFleet onDisk(SmallDisk disk) throws Exception {
        TestHome home = TestHome.in(folder, "home");
        Files.createDirectories(home.path().resolve(".local"));
        Files.createSymbolicLink(home.path().resolve(".local/state"), disk.path());
        return TestFleet.overSsh(folder, server -> server.home(home));
    }

    private static Path journal(TestHome home) throws IOException {
        try (Stream<Path> files =
                Files.find(
                        home.path().resolve(".local/state/muster"),
                        3,
                        (file, _) -> file.getFileName().toString().startsWith("journal."))) {
            return files.findFirst().orElseThrow();
        }
    }

    private Path pathWithout(String missing) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (Path dir : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
            try (Stream<Path> programs = Files.list(dir)) {
                for (Path program : programs.toList()) {
                    Path link = bin.resolve(program.getFileName());
                    if (!program.endsWith(missing) && !Files.exists(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        return bin;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void until(Duration longest, org.awaitility.core.ThrowingRunnable so) {
        Awaitility.await().atMost(longest).untilAsserted(so);
    }
}
