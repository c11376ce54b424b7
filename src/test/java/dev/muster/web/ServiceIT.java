package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.web.ServiceClient.Answer;
import dev.muster.web.ServiceClient.Event;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The service as a client meets it, with real tmux and git on this machine as host `here`.
@QuarkusTest
@QuarkusTestResource(ServiceFixture.class)
class ServiceIT {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ServiceClient client;

    @BeforeEach
    void open() {
        client = new ServiceClient(port);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void tellsASessionFromItsStartToItsEnd() throws Exception {
        try (ServiceClient.Events board = client.events("board/events")) {
            Event first = board.next();
            assertThat(first.name()).isEqualTo("board");
            assertThat(first.data().path("hosts").path(0).path("name").asText()).isEqualTo("here");

            Answer started = client.start("ends", "leave 3");
            assertThat(started.status()).isEqualTo(202);
            String id = started.body().path("id").asText();

            List<String> states = new ArrayList<>();
            while (!states.contains("failed")) {
                for (JsonNode row : board.next().data().path("sessions")) {
                    if (row.path("id").asText().equals(id)) {
                        states.add(row.path("state").asText());
                        assertThat(row.path("stale").asBoolean()).isFalse();
                    }
                }
            }
            Answer row = client.get("sessions/ends");
            assertThat(row.body().path("exitCode").asInt()).isEqualTo(3);
            assertThat(row.body().path("lifecycle").asText()).isEqualTo("ended");
            assertThat(row.body().path("owner").asText()).isEqualTo("this");
        }
    }

    @Test
    void tellsATimelineOnceAndGoesOnFromWhereItWasLeft() throws Exception {
        client.start("told", "leave 0");
        List<Long> seqs = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        try (ServiceClient.Events events = client.events("sessions/told/events")) {
            String state = "";
            while (!(state.equals("finished") && kinds.contains("exited"))) {
                Event event = events.next();
                if (event.name().equals("entry")) {
                    seqs.add(event.data().path("seq").asLong());
                    kinds.add(event.data().path("kind").asText());
                } else {
                    state = event.data().path("state").asText();
                }
            }
        }
        assertThat(seqs).isSorted().doesNotHaveDuplicates();
        assertThat(kinds).startsWith("asked").contains("step", "started", "exited");

        Answer log = client.get("sessions/told/log");
        assertThat(log.body().findValues("seq").stream().map(JsonNode::asLong)).containsAll(seqs);
        try (ServiceClient.Events rest =
                client.events("sessions/told/events?after=" + seqs.get(1))) {
            assertThat(rest.next().data().path("seq").asLong()).isEqualTo(seqs.get(2));
        }
    }

    @Test
    void answersARepeatedStartWithTheSameSession() throws Exception {
        Map<String, Object> request =
                Map.of(
                        "id",
                        ServiceClient.newId(),
                        "host",
                        "here",
                        "repo",
                        "app",
                        "name",
                        "twice",
                        "worktree",
                        true,
                        "prompt",
                        "leave 0");
        Answer first = client.post("sessions", request);
        Answer second = client.post("sessions", request);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("id")).isEqualTo(first.body().path("id"));
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        client.start("taken", "leave 0");
        Answer again = client.start("taken", "leave 0");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void stopsASession() throws Exception {
        client.start("stopped", "wait");
        awaitState("stopped", "working");

        Answer stopped = client.post("sessions/stopped/stop", "");
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.body().path("text").asText()).contains("stopped is stopped");
        assertThat(client.get("sessions/stopped").body().path("state").asText())
                .isEqualTo("stopped");
    }

    @Test
    void showsTheScreen() throws Exception {
        client.start("shown", "what to show");
        awaitState("shown", "working");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                client.get("sessions/shown/screen?lines=5")
                                                        .body()
                                                        .path("text")
                                                        .asText())
                                        .contains("prompt: what to show"));
        client.post("sessions/shown/stop", "");
    }

    @Test
    void sendsTextOnceForEachPromptAndInterrupts() throws Exception {
        client.start("told-more", "hello");
        awaitState("told-more", "working");
        Map<String, Object> prompt =
                Map.of(
                        "id",
                        ServiceClient.newId(),
                        "text",
                        "and $HOME",
                        "raw",
                        false,
                        "now",
                        false);

        assertThat(client.post("sessions/told-more/prompts", prompt).status()).isEqualTo(200);
        assertThat(client.post("sessions/told-more/prompts", prompt).status()).isEqualTo(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                client.get("sessions/told-more/screen")
                                                        .body()
                                                        .path("text")
                                                        .asText())
                                        .containsOnlyOnce("got: and $HOME"));
        assertThat(client.post("sessions/told-more/interrupt", "").status()).isEqualTo(200);
        assertThat(client.post("sessions/told-more/prompts", "{}").status()).isEqualTo(400);
    }

    @Test
    void showsAndRemovesAWorktreeButNotUnsavedWork() throws Exception {
        client.start("worked", "leave 0");
        awaitState("worked", "finished");
        String worktree = client.get("sessions/worked").body().path("worktree").asText();
        Path file =
                Path.of(
                        worktree.replaceFirst(
                                "^~", ServiceFixture.home().toString().replace("$", "\\$")),
                        "new file");
        Files.writeString(file, "unsaved\n");

        Answer diff = client.get("sessions/worked/diff");
        assertThat(diff.body().path("patch").asText()).contains("+unsaved");
        assertThat(diff.body().path("files").path(0).path("path").asText()).isEqualTo("new file");

        Answer refused = client.delete("sessions/worked");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("code").asText()).isEqualTo("WOULD_LOSE");
        assertThat(refused.body().path("findings").toString()).contains("new file");

        assertThat(client.delete("sessions/worked?force=true").status()).isEqualTo(200);
        assertThat(file).doesNotExist();
        assertThat(client.get("sessions/worked").status()).isEqualTo(404);
    }

    @Test
    void filtersAndCutsTheBoard() throws Exception {
        client.start("one-of-many", "leave 0");
        client.start("two-of-many", "leave 0");

        JsonNode all = client.get("board?what=here").body();
        JsonNode one = client.get("board?what=one-of-many&fields=name,state").body();
        JsonNode cut = client.get("board?limit=1").body();

        assertThat(all.path("sessions").size()).isGreaterThanOrEqualTo(2);
        assertThat(one.path("sessions").size()).isEqualTo(1);
        assertThat(one.path("sessions").path(0).size()).isEqualTo(3);
        assertThat(cut.path("sessions").size()).isEqualTo(1);
        assertThat(cut.path("totals").path("sessions").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(client.get("board?what=nowhere").status()).isEqualTo(404);
        assertThat(client.get("board?what=@nowhere").status()).isEqualTo(404);
        assertThat(client.get("board?limit=many").status()).isEqualTo(400);
        assertThat(client.get("board?fields=nmae").body().path("fix").asText())
                .contains("did you mean `name`?");
    }

    @Test
    void saysWhichFieldOfARequestIsWrong() throws Exception {
        Answer unknown = client.post("sessions", "{\"hots\":\"here\",\"worktree\":true}");
        Answer missing = client.post("sessions", "{\"host\":\"here\",\"repo\":\"app\"}");
        Answer noJson = client.post("sessions", "{\"host\":");
        Answer empty = client.post("sessions", "");
        Answer noUlid =
                client.post("sessions", "{\"id\":\"1\",\"host\":\"here\",\"worktree\":true}");

        assertThat(List.of(unknown, missing, noJson, empty, noUlid))
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).isEqualTo(400);
                            assertThat(answer.body().path("code").asText()).isEqualTo("USAGE");
                        });
        assertThat(unknown.body().path("detail").asText()).contains("`hots`");
        assertThat(unknown.body().path("fix").asText()).contains("`host`");
        assertThat(missing.body().path("detail").asText()).contains("`worktree`");
    }

    @Test
    void answersWhatItDoesNotKnowWithAProblem() throws Exception {
        Answer session = client.get("sessions/nobody");
        Answer path = client.get("nothing/here");
        Answer host =
                client.post("hosts/nowhere/unlock", Map.of("kind", "password", "secret", "x"));
        Answer method = client.delete("board");

        assertThat(session.status()).isEqualTo(404);
        assertThat(path.status()).isEqualTo(404);
        assertThat(host.status()).isEqualTo(404);
        assertThat(method.status()).isEqualTo(405);
        assertThat(List.of(session, path, host, method))
                .allSatisfy(
                        answer -> assertThat(answer.body().path("detail").asText()).isNotEmpty());
    }

    @Test
    void keepsAHostThatIsConfigured() throws Exception {
        Answer forget = client.delete("hosts/here");
        Answer trust = client.post("hosts/here/trust", Map.of("fingerprint", "SHA256:x"));
        Answer key = client.get("hosts/here/key");

        assertThat(forget.status()).isEqualTo(409);
        assertThat(trust.status()).isEqualTo(409);
        assertThat(key.body().path("state").asText()).isEqualTo("known");
    }

    @Test
    void saysWhoItIs() throws Exception {
        JsonNode info = client.get("service").body();

        assertThat(info.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(info.path("hostsFile").asText())
                .isEqualTo(ServiceFixture.config().resolve("hosts.yaml").toString());
        assertThat(info.path("hostsDigest").asText()).hasSize(64);
        assertThat(info.path("hostsErrors").size()).isZero();
    }

    @Test
    void offersOnlyAnSshAgentThatAnswers() throws Exception {
        assertThat(client.post("service/ssh-agent", Map.of("socket", "/nowhere")).status())
                .isEqualTo(502);
        assertThat(client.post("service/ssh-agent", Map.of("socket", "relative")).status())
                .isEqualTo(400);
    }

    @Test
    void keepsItsTokenToItself() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        ServiceFixture.config().resolve("token"))))
                .isEqualTo("rw-------");
    }

    private void awaitState(String name, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                client.get("sessions/" + name)
                                                        .body()
                                                        .path("state")
                                                        .asText())
                                        .isEqualTo(state));
    }
}
