package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.fleet.TestTmux;
import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the service at random moments of start, stop and removal: no session is lost,
/// doubled or half made, no event is lost or counted twice.
class KillIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @Test
    void losesDoublesAndHalvesNothing() throws Exception {
        kills(15);
    }

    @Test
    @Tag("long")
    void losesDoublesAndHalvesNothingIn200Kills() throws Exception {
        kills(200);
    }

    private void kills(int kills) throws Exception {
        long seed = Long.getLong("muster.seed", System.nanoTime());
        System.out.println("KillIT: -Dmuster.seed=" + seed);
        Random random = new Random(seed);
        try (World world = new World(folder);
                Killed service = Killed.in(folder.resolve("service"), world.hostsFile())) {
            Storm storm = new Storm(service, random);
            service.start();
            service.stop();
            service.start();
            for (int killed = 0; killed < kills; killed++) {
                storm.killInTheMiddle();
                if (random.nextInt(4) == 0) {
                    storm.killWhileItStarts();
                    killed++;
                }
                service.start();
                storm.repeat();
            }
            check(world, service, storm);
            noProcessStaysBehind(world, service);
        }
    }

    /// Everything settles, and is then as the hosts say.
    static void check(World world, Killed service, Storm storm) throws Exception {
        Truth truth = new Truth(world, service);
        Awaitility.await("everything settles")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> {
                            assertThat(truth.settled(storm)).as("%s", truth.states()).isTrue();
                            assertThat(truth.ordersLeft()).as("orders left").isZero();
                            truth.nothingIsHalfMade();
                        });
        Map<String, String> states = truth.states();
        Set<String> kept = new TreeSet<>(storm.promised);
        kept.removeAll(storm.removed);
        for (String id : kept) {
            if (storm.removing.contains(id) && !states.containsKey(id)) {
                // Its removal was not answered, and was done: nothing there was worth keeping.
                assertThat(storm.prompt(id)).isNotEqualTo("dirty");
                continue;
            }
            assertThat(states).as(service::log).containsKey(id);
        }
        assertThat(states).doesNotContainKeys(storm.removed.toArray(String[]::new));
        Map<String, JsonNode> rows = truth.rows();
        states.forEach(
                (id, state) ->
                        assertThat(state)
                                .as(() -> rows.get(id) + "\n" + truth.log(id))
                                .isIn(possible(storm, id)));
        Set<String> ran = new TreeSet<>(states.keySet());
        ran.removeAll(storm.stopped);
        // A run is told of before its agent does anything.
        Awaitility.await("what ran").untilAsserted(() -> assertThat(world.runs()).containsAll(ran));
        truth.nothingRanTwice();
        truth.everyEventCountsOnce(states.keySet());
    }

    private static Set<String> possible(Storm storm, String id) {
        String prompt = storm.prompt(id);
        Set<String> possible = new TreeSet<>();
        if (prompt.equals("long")) {
            possible.add(storm.stopped.contains(id) ? "stopped" : "working");
            if (storm.stopped.contains(id)) {
                // The stop may have been cut off before it reached the host.
                possible.add("working");
            }
        } else {
            possible.add("finished");
            if (storm.stopped.contains(id)) {
                possible.add("stopped");
            }
        }
        return possible;
    }

    private static void noProcessStaysBehind(World world, Killed service) throws Exception {
        service.kill();
        TestTmux.killAll(world.homes().get("here"));
        TestTmux.killAll(world.homes().get("there"));
        Awaitility.await("no process stays behind")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> {
                            for (Path home : world.homes().values()) {
                                assertThat(TestTmux.processesWith("HOME=" + home + " ")).isEmpty();
                            }
                        });
    }
}
