package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.web.ServiceClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What the page's form and its list of hosts ask, with real git on this machine as host `here`.
@QuarkusTest
class StartFormIT extends WithService {
    @Test
    void knowsHostsReposAndAgents() throws Exception {
        JsonNode here = owner.get("choices").body().path("hosts").path(0);
        assertThat(here.path("name").asText()).isEqualTo("here");
        assertThat(here.path("agent").asText()).isEqualTo("echo");
        assertThat(here.path("agents").findValuesAsText("name")).contains("echo", "claude");
        assertThat(here.path("repos").path(0).path("base").asText()).isEqualTo("main");
    }

    @Test
    void asksGitThereForTheBranches() throws Exception {
        Answer answer = owner.get("hosts/here/branches?repo=app");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("base").asText()).isEqualTo("main");
        assertThat(answer.body().path("branches").findValuesAsText("name")).contains("main");

        assertThat(owner.get("hosts/here/branches?repo=~/repo").body().path("branches"))
                .as("a repo that no file names")
                .isNotEmpty();
    }

    @Test
    void blamesTheFieldThatIsWrong() throws Exception {
        Answer noRepo = owner.get("hosts/here/branches?repo=other");
        assertThat(noRepo.status()).isEqualTo(404);
        assertThat(noRepo.body().path("field").asText()).isEqualTo("repo");
        assertThat(owner.get("hosts/here/branches?repo=/nowhere").body().path("field").asText())
                .isEqualTo("repo");
        assertThat(owner.get("hosts/here/branches").status()).isEqualTo(400);
        assertThat(owner.start("not a name", "x").body().path("field").asText()).isEqualTo("name");
    }

    @Test
    void keepsTemplates() throws Exception {
        Map<String, Object> template =
                Map.of("name", "fix", "hosts", List.of("here"), "prompt", "Fix it.\n");
        assertThat(owner.put("templates/fix", template).status()).isEqualTo(200);
        JsonNode all = owner.get("templates").body();
        assertThat(all.path("templates").path(0).path("prompt").asText()).isEqualTo("Fix it.\n");
        assertThat(ServiceFixture.config().resolve("templates/fix.yaml")).isRegularFile();

        assertThat(owner.put("templates/other", template).status()).isEqualTo(400);
        assertThat(owner.delete("templates/fix").status()).isEqualTo(200);
        assertThat(owner.delete("templates/fix").status()).isEqualTo(404);
        assertThat(owner.get("templates").body().path("templates")).isEmpty();
    }

    @Test
    void showsDiskAndLoadOfAHostWithoutAskingIt() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            JsonNode row = owner.get("board").body().path("hosts").path(0);
                            assertThat(row.path("disk").path("sizeKib").asLong()).isPositive();
                            assertThat(row.path("load").path("average").isNumber()).isTrue();
                            assertThat(row.path("load").path("cpus").asInt()).isPositive();
                        });
    }
}
