package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.web.ServiceClient.Answer;
import dev.muster.web.ServiceClient.Event;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The service as a client meets it, with real tmux and git on this machine as host `here`.
@QuarkusTest
class ServiceIT extends WithService {
    @Test
    void tellsASessionFromItsStartToItsEnd() throws Exception {
        try (ServiceClient.Events board = owner.events("board/events")) {
            Event first = board.next();
            assertThat(first.name()).isEqualTo("board");
            assertThat(first.data().path("hosts").path(0).path("name").asText()).isEqualTo("here");

            Answer started = owner.start("ends", "leave 3");
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
            Answer row = owner.get("sessions/ends");
            assertThat(row.body().path("exitCode").asInt()).isEqualTo(3);
            assertThat(row.body().path("lifecycle").asText()).isEqualTo("ended");
            assertThat(row.body().path("owner").asText()).isEqualTo("this");
        }
    }

    @Test
    void tellsATimelineOnceAndGoesOnFromWhereItWasLeft() throws Exception {
        owner.start("told", "leave 0");
        List<Long> seqs = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        try (ServiceClient.Events events = owner.events("sessions/told/events")) {
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

        Answer log = owner.get("sessions/told/log");
        assertThat(log.body().findValues("seq").stream().map(JsonNode::asLong)).containsAll(seqs);
        try (ServiceClient.Events rest =
                owner.events("sessions/told/events?after=" + seqs.get(1))) {
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
        Answer first = owner.post("sessions", request);
        Answer second = owner.post("sessions", request);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("id")).isEqualTo(first.body().path("id"));
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        owner.start("taken", "leave 0");
        Answer again = owner.start("taken", "leave 0");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void stopsASession() throws Exception {
        owner.start("stopped", "wait");
        awaitState("stopped", "working");

        Answer stopped = owner.post("sessions/stopped/stop", "");
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.body().path("text").asText()).contains("stopped is stopped");
        assertThat(owner.get("sessions/stopped").body().path("state").asText())
                .isEqualTo("stopped");
    }

    @Test
    void showsTheScreen() throws Exception {
        owner.start("shown", "what to show");
        awaitState("shown", "working");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                owner.get("sessions/shown/screen?lines=5")
                                                        .body()
                                                        .path("text")
                                                        .asText())
                                        .contains("prompt: what to show"));
        owner.post("sessions/shown/stop", "");
    }

    @Test
    void sendsTextOnceForEachPromptAndInterrupts() throws Exception {
        owner.start("told-more", "hello");
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

        assertThat(owner.post("sessions/told-more/prompts", prompt).status()).isEqualTo(200);
        assertThat(owner.post("sessions/told-more/prompts", prompt).status()).isEqualTo(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                owner.get("sessions/told-more/screen")
                                                        .body()
                                                        .path("text")
                                                        .asText())
                                        .containsOnlyOnce("got: and $HOME"));
        assertThat(owner.post("sessions/told-more/interrupt", "").status()).isEqualTo(200);
        assertThat(owner.post("sessions/told-more/prompts", "{}").status()).isEqualTo(400);
    }

    @Test
    void showsAndRemovesAWorktreeButNotUnsavedWork() throws Exception {
        owner.start("worked", "leave 0");
        awaitState("worked", "finished");
        String worktree = owner.get("sessions/worked").body().path("worktree").asText();
        Path file =
                Path.of(
                        worktree.replaceFirst(
                                "^~", ServiceFixture.home().toString().replace("$", "\\$")),
                        "new file");
        Files.writeString(file, "unsaved\n");

        Answer diff = owner.get("sessions/worked/diff");
        assertThat(diff.body().path("patch").asText()).contains("+unsaved");
        assertThat(diff.body().path("files").path(0).path("path").asText()).isEqualTo("new file");

        Answer refused = owner.delete("sessions/worked");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("code").asText()).isEqualTo("WOULD_LOSE");
        assertThat(refused.body().path("findings").toString()).contains("new file");

        assertThat(owner.delete("sessions/worked?force=true").status()).isEqualTo(200);
        assertThat(file).doesNotExist();
        assertThat(owner.get("sessions/worked").status()).isEqualTo(404);
    }

    @Test
    void filtersAndCutsTheBoard() throws Exception {
        owner.start("one-of-many", "leave 0");
        owner.start("two-of-many", "leave 0");

        JsonNode all = owner.get("board?what=here").body();
        JsonNode one = owner.get("board?what=one-of-many&fields=name,state").body();
        JsonNode cut = owner.get("board?limit=1").body();

        assertThat(all.path("sessions").size()).isGreaterThanOrEqualTo(2);
        assertThat(one.path("sessions").size()).isEqualTo(1);
        assertThat(one.path("sessions").path(0).size()).isEqualTo(3);
        assertThat(cut.path("sessions").size()).isEqualTo(1);
        assertThat(cut.path("totals").path("sessions").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(owner.get("board?what=nowhere").status()).isEqualTo(404);
        assertThat(owner.get("board?what=@nowhere").status()).isEqualTo(404);
        assertThat(owner.get("board?limit=many").status()).isEqualTo(400);
        assertThat(owner.get("board?fields=nmae").body().path("fix").asText())
                .contains("did you mean `name`?");
    }

    @Test
    void saysWhichFieldOfARequestIsWrong() throws Exception {
        Answer unknown = owner.post("sessions", "{\"hots\":\"here\",\"worktree\":true}");
        Answer missing = owner.post("sessions", "{\"host\":\"here\",\"repo\":\"app\"}");
        Answer noJson = owner.post("sessions", "{\"host\":");
        Answer empty = owner.post("sessions", "");
        Answer noUlid =
                owner.post("sessions", "{\"id\":\"1\",\"host\":\"here\",\"worktree\":true}");

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
        Answer session = owner.get("sessions/nobody");
        Answer path = owner.get("nothing/here");
        Answer host = owner.post("hosts/nowhere/unlock", Map.of("kind", "password", "secret", "x"));
        Answer method = owner.delete("board");

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
        Answer forget = owner.delete("hosts/here");
        Answer trust = owner.post("hosts/here/trust", Map.of("fingerprint", "SHA256:x"));
        Answer key = owner.get("hosts/here/key");

        assertThat(forget.status()).isEqualTo(409);
        assertThat(trust.status()).isEqualTo(409);
        assertThat(key.body().path("state").asText()).isEqualTo("known");
    }

    @Test
    void saysWhoItIs() throws Exception {
        JsonNode info = owner.get("service").body();

        assertThat(info.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(info.path("hostsFile").asText())
                .isEqualTo(ServiceFixture.config().resolve("hosts.yaml").toString());
        assertThat(info.path("hostsDigest").asText()).hasSize(64);
        assertThat(info.path("hostsErrors").size()).isZero();
    }

    @Test
    void offersOnlyAnSshAgentThatAnswers() throws Exception {
        assertThat(owner.post("service/ssh-agent", Map.of("socket", "/nowhere")).status())
                .isEqualTo(502);
        assertThat(owner.post("service/ssh-agent", Map.of("socket", "relative")).status())
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
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                owner.get("sessions/" + name)
                                                        .body()
                                                        .path("state")
                                                        .asText())
                                        .isEqualTo(state));
    }
}
