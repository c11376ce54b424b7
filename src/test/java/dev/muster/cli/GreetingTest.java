package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Outcome;
import dev.muster.api.ServiceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreetingTest {
    /// SHA-256 of `hosts: {}`, by sha256sum.
    private static final String DIGEST =
            "49a3a004388cff59b465c8b0e0944665a8e0508294e988ebe9c50a49d9ff6a93";

    @TempDir Path home;

    private static ServiceInfo reads(@Nullable Path file, @Nullable String digest) {
        return new ServiceInfo(
                "1",
                "svc",
                1,
                Instant.EPOCH,
                file == null ? null : file.toString(),
                digest,
                List.of(),
                true);
    }

    private Path mine() throws IOException {
        return Files.writeString(home.resolve("hosts.yaml"), "hosts: {}");
    }

    @Test
    void saysNothingOfTheSameFile() throws IOException {
        assertThat(Greeting.difference(reads(mine(), DIGEST), mine(), true)).isEmpty();
    }

    @Test
    void saysNothingOfAnotherFileWithTheSameContent() throws IOException {
        assertThat(Greeting.difference(reads(Path.of("/etc/x"), DIGEST), mine(), true)).isEmpty();
    }

    @Test
    void saysNothingWhereNobodyHasAFile() throws IOException {
        assertThat(Greeting.difference(reads(null, null), home.resolve("no"), false)).isEmpty();
    }

    @Test
    void tellsThatTheServiceReadsAnotherFile() throws IOException {
        assertThat(Greeting.difference(reads(Path.of("/etc/x"), "00"), mine(), true))
                .contains("the service reads /etc/x, which says something else than " + mine());
        assertThat(Greeting.difference(reads(null, null), mine(), true))
                .contains("the service was started without a hosts file, not with " + mine());
    }

    @Test
    void tellsThatTheServiceIsBehind() throws IOException {
        assertThat(Greeting.difference(reads(mine(), "00"), mine(), true))
                .contains(mine() + " has changed since the service read it");
    }

    @Test
    void tellsTheFaultThatKeepsTheServiceFromTheNewFile() throws IOException {
        try (FakeService service = new FakeService()) {
            service.json(
                    "GET service",
                    200,
                    FakeService.info(List.of("hosts.yaml:1:1: bad\u001b"), true));
            service.json("GET board", 200, Rows.board(List.of(), List.of()));
            CliRun cli = new CliRun(home, service.uri());

            assertThat(cli.run("status").err())
                    .isEqualTo(
                            "muster: the service keeps to the hosts it read before, since the file"
                                    + " has a fault: hosts.yaml:1:1: bad\\e\n");
            assertThat(cli.run("status", "--quiet").err()).isEmpty();
        }
    }

    @Test
    void offersOurSshAgentWhereTheServicesIsDead() throws IOException {
        try (FakeService service = new FakeService()) {
            service.json("GET service", 200, FakeService.info(List.of(), false));
            service.json("GET board", 200, Rows.board(List.of(), List.of()));
            service.json("POST service/ssh-agent", 200, new Outcome("taken", List.of()));
            CliRun cli = new CliRun(home, service.uri());
            Path socket = Files.createFile(home.resolve("agent.sock"));
            cli.env.put("SSH_AUTH_SOCK", socket.toString());

            assertThat(cli.run("status").err()).isEmpty();

            assertThat(service.body("POST service/ssh-agent"))
                    .isEqualTo("{\"socket\":\"" + socket + "\"}");
        }
    }
}
