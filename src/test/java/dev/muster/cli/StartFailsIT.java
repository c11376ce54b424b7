package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import dev.muster.web.ServiceFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster start` that fails on its host after the service took it up: its exit status, its
/// sentence and the remote output.
@QuarkusTest
@QuarkusTestResource(ServiceFixture.class)
@Timeout(120)
class StartFailsIT {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @TempDir Path dir;
    private FarHost far;

    @BeforeEach
    void open() throws Exception {
        far = new FarHost(dir, port);
        Path repo = far.repo("api");
        FarHost.git(repo, "branch", "release-2");
        far.online(
                "api: { path: ~/api }, gone: { path: ~/gone }, broken: { path: ~/api,"
                        + " setup: \"echo no network >&2; exit 3\" }, slow: { path: ~/api,"
                        + " setup: \"touch ~/slow; sleep 60\" }");
    }

    @AfterEach
    void close() throws Exception {
        far.close();
    }

    @Test
    void namesABaseThatIsNearAndARepoThatIsMissing() {
        Result base = start("far:api", "-n", "near", "--base", "relase-2");
        assertThat(base.status()).as(base.err()).isEqualTo(ExitCode.NOT_FOUND.status());
        assertThat(base.err()).contains("no base relase-2").contains("Did you mean release-2?");

        Result repo = start("far:gone", "-n", "nowhere");
        assertThat(repo.status()).as(repo.err()).isEqualTo(ExitCode.NOT_FOUND.status());
        assertThat(repo.err()).contains("There is no folder").contains("muster rm nowhere");
    }

    @Test
    void saysWhereABranchIsCheckedOut() {
        Result result = start("far:api", "-n", "taken", "-b", "main");
        assertThat(result.status()).as(result.err()).isEqualTo(ExitCode.FAILED.status());
        assertThat(result.err()).contains("main").contains("is checked out in");
    }

    @Test
    void printsWhatASetupThatFailedHasPrinted() throws Exception {
        Result result = start("far:broken", "-n", "broken", "--json");
        assertThat(result.status()).as(result.err()).isEqualTo(ExitCode.FAILED.status());
        assertThat(result.err()).contains("setup").contains("  | no network");
        JsonNode problem = Json.read(result.out(), JsonNode.class);
        assertThat(problem.path("code").asText()).isEqualTo("FAILED");
        assertThat(problem.path("step").asText()).isEqualTo("setup");
        assertThat(problem.path("output").asText()).contains("no network");
    }

    @Test
    void doesNotWaitForAHostThatWentAway() throws Exception {
        CompletableFuture<Result> start =
                CompletableFuture.supplyAsync(() -> start("far:slow", "-n", "slow"));
        Path begun = far.sshd.home().path().resolve("slow");
        Awaitility.await("its setup runs")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(begun));
        far.sshd.stop();

        Result result = start.get(60, TimeUnit.SECONDS);
        assertThat(result.status()).as(result.err()).isEqualTo(ExitCode.UNREACHABLE.status());
        assertThat(result.err()).contains("far can't be reached now; slow was preparing");

        Result refused = start("far:api", "-n", "later");
        assertThat(refused.status()).isEqualTo(ExitCode.UNREACHABLE.status());
    }

    private Result start(String where, String... rest) {
        return far.cli.run(
                Stream.concat(Stream.of("start", where), Stream.of(rest)).toArray(String[]::new));
    }
}
