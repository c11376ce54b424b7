package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.CliRun.Result;
import dev.muster.web.ServiceFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One action on many agents, over two real hosts: a group, its sessions and one beside it.
@QuarkusTest
@QuarkusTestResource(ServiceFixture.class)
@Tag("long")
@Timeout(180)
class FanIT {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @TempDir Path dir;
    private FarHost far;

    @BeforeEach
    void open() throws Exception {
        far = new FarHost(dir, port);
        far.repo("api");
        far.online("api: { path: ~/api }");
        start("far:api", "fan-one");
        start("far:api", "fan-two");
        start("here:app", "fan-near");
    }

    @AfterEach
    void close() throws Exception {
        far.cli.run("stop", "here/fan-near");
        far.cli.run("rm", "here/fan-near", "--force");
        far.close();
    }

    @Test
    void reachesEachAgentOfAGroupOrOfAllThatAreNamedAndNoOther() throws Exception {
        Result sent = far.cli.run("send", "--all", "@distant", "first word");
        assertThat(sent.status()).as(sent.err()).isZero();
        assertThat(sent.out().lines())
                .allMatch(line -> line.contains("does not confirm what it reads"))
                .extracting(line -> line.replaceAll(";.*", ""))
                .containsExactlyInAnyOrder("typed into fan-one", "typed into fan-two");
        awaitScreen("far/fan-one", "got: first word");
        awaitScreen("far/fan-two", "got: first word");

        Result cast = far.cli.run("broadcast", "@distant", "here/fan-near", "second word");
        assertThat(cast.status()).as(cast.err()).isZero();
        assertThat(cast.out().lines()).hasSize(3);
        for (String name : new String[] {"far/fan-one", "far/fan-two", "here/fan-near"}) {
            awaitScreen(name, "got: second word");
        }
        assertThat(screen("here/fan-near")).doesNotContain("first word");

        Result stopped = far.cli.run("interrupt", "--all", "@distant");
        assertThat(stopped.status()).as(stopped.err()).isZero();
        assertThat(stopped.out().lines())
                .extracting(line -> line.replaceAll(";.*", ""))
                .containsExactlyInAnyOrder(
                        "C-c was pressed in fan-one", "C-c was pressed in fan-two");
        Awaitility.await("those of the group, and no other, stop")
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(
                        () ->
                                assertThat(states())
                                        .containsEntry("fan-one", "idle")
                                        .containsEntry("fan-two", "idle")
                                        .containsEntry("fan-near", "working"));

        Result again = far.cli.run("interrupt", "--all", "@distant");
        assertThat(again.status()).isEqualTo(ExitCode.NOT_FOUND.status());
        assertThat(again.err()).contains("No session is working in @distant");
    }

    private void start(String where, String name) {
        Result started = far.cli.run("start", where, "-n", name, "patient");
        assertThat(started.status()).as(started.err()).isZero();
        awaitScreen(where.replaceAll(":.*", "/") + name, "prompt: patient");
    }

    private void awaitScreen(String name, String text) {
        Awaitility.await(name + " shows " + text)
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(screen(name)).contains(text));
    }

    private String screen(String name) {
        return far.cli.run("peek", name).out();
    }

    private Map<String, String> states() throws Exception {
        Map<String, String> states = new LinkedHashMap<>();
        for (JsonNode row : far.board().path("sessions")) {
            states.put(row.path("name").asText(), row.path("state").asText());
        }
        return states;
    }
}
