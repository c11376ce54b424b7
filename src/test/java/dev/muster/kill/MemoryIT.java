package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.Ulid;
import dev.muster.testing.SmallDisk;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service's database deleted, put back as an old copy, and full: the hosts hold the truth.
class MemoryIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void findsEverythingAgainWithoutItsDatabase() throws Exception {
        try (World world = new World(folder);
                Killed service = Killed.in(folder.resolve("service"), world.hostsFile())) {
            Storm storm = storm(service);
            service.start();
            kills(service, storm, 3);
            Truth truth = new Truth(world, service);
            settle(truth, storm);
            Map<String, String> states = truth.states();
            Map<String, List<String>> logs = logs(service, states.keySet());

            service.kill();
            for (Path file : databaseFiles(service)) {
                Files.delete(file);
            }
            service.start();

            settle(truth, storm);
            assertThat(truth.states()).isEqualTo(states);
            assertThat(logs(service, states.keySet())).isEqualTo(logs);
            for (String removed : storm.removed) {
                Killed.Answer again = service.post("sessions", storm.asked.get(removed));
                assertThat(again.done()).as("%s", again).isFalse();
            }
            KillIT.check(world, service, storm);
        }
    }

    @Test
    void doesNothingTwiceWithAnOldCopyOfItsDatabase() throws Exception {
        try (World world = new World(folder);
                Killed service = Killed.in(folder.resolve("service"), world.hostsFile())) {
            Storm storm = storm(service);
            service.start();
            kills(service, storm, 3);
            // As it was in the middle of something: orders that were carried out since are in it.
            storm.killInTheMiddle();
            Path copy = Files.createDirectories(folder.resolve("copy"));
            copy(databaseFiles(service), copy);
            service.start();
            storm.repeat();
            kills(service, storm, 3);

            service.kill();
            for (Path file : databaseFiles(service)) {
                Files.delete(file);
            }
            try (Stream<Path> files = Files.list(copy)) {
                copy(files.toList(), service.database().resolveSibling("."));
            }
            service.start();

            KillIT.check(world, service, storm);
        }
    }

    @Test
    void saysThatItsDatabaseIsFullAndMissesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("service/data/muster"), "8m");
                World world = new World(folder);
                Killed service = Killed.in(folder.resolve("service"), world.hostsFile())) {
            service.start();
            Path go = folder.resolve("go");
            String id = startWaiting(service, go);
            Truth truth = new Truth(world, service);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> "working".equals(truth.states().get(id)));

            disk.fill(0);
            Files.createFile(go);
            Awaitility.await("the board says what is wrong")
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(
                            () ->
                                    assertThat(details(service))
                                            .anyMatch(d -> d.contains("database")));
            disk.empty();

            service.awaitOnline();
            Awaitility.await("what was missed is caught up with")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> "finished".equals(truth.states().get(id)));
            truth.everyEventCountsOnce(Set.of(id));
        }
    }

    private static Storm storm(Killed service) {
        long seed = Long.getLong("muster.seed", System.nanoTime());
        System.out.println("MemoryIT: -Dmuster.seed=" + seed);
        return new Storm(service, new Random(seed));
    }

    /// Leaves the service running.
    private static void kills(Killed service, Storm storm, int kills) throws Exception {
        for (int i = 0; i < kills; i++) {
            storm.killInTheMiddle();
            service.start();
            storm.repeat();
        }
    }

    private static void settle(Truth truth, Storm storm) {
        Awaitility.await("everything settles")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> {
                            assertThat(truth.settled(storm)).as("%s", truth.states()).isTrue();
                            truth.nothingIsHalfMade();
                        });
    }

    /// What the hosts' journals said of each session: not what this or that service did.
    private static Map<String, List<String>> logs(Killed service, Set<String> ids) {
        Map<String, List<String>> logs = new TreeMap<>();
        for (String id : ids) {
            List<String> lines = new ArrayList<>();
            for (JsonNode entry : service.get("sessions/" + id + "/log").body()) {
                String kind = entry.path("kind").asText();
                if (Set.of("step", "started", "state", "exited").contains(kind)) {
                    lines.add(kind + " " + entry.path("text").asText());
                }
            }
            logs.put(id, lines);
        }
        return logs;
    }

    private static List<String> details(Killed service) {
        List<String> details = new ArrayList<>();
        service.get("board")
                .body()
                .path("hosts")
                .forEach(host -> details.add(host.path("detail").asText()));
        return details;
    }

    private static String startWaiting(Killed service, Path go) throws IOException {
        Map<String, Object> wish = wish("wait " + go);
        Killed.Answer answer = service.post("sessions", wish);
        assertThat(answer.done()).as("%s", answer).isTrue();
        return String.valueOf(wish.get("id"));
    }

    private static Map<String, Object> wish(String prompt) {
        return Map.of(
                "id",
                Ulid.next(),
                "host",
                "there",
                "repo",
                "api",
                "worktree",
                true,
                "prompt",
                prompt);
    }

    private static List<Path> databaseFiles(Killed service) throws IOException {
        try (Stream<Path> files = Files.list(service.database().resolveSibling("."))) {
            return files.filter(file -> file.getFileName().toString().startsWith("muster.db"))
                    .toList();
        }
    }

    private static void copy(List<Path> files, Path to) throws IOException {
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
