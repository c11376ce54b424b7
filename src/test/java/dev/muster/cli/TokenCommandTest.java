package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.NewToken;
import dev.muster.api.Outcome;
import dev.muster.api.TokenRow;
import dev.muster.cli.CliRun.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @TempDir Path home;
    private FakeService service;
    private CliRun cli;

    @BeforeEach
    void serve() throws IOException {
        service = new FakeService();
        cli = new CliRun(home, service.uri());
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void printsTheTokenAlone() {
        service.json("POST tokens", 200, new NewToken("ci", "act", "muster_secret"));

        Result result = cli.run("token", "create", "--scope", "act", "--name", "ci");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("muster_secret\n");
        assertThat(result.err()).contains("muster token revoke ci");
        assertThat(service.body("POST tokens")).isEqualTo("{\"name\":\"ci\",\"scope\":\"act\"}");
    }

    @Test
    void leavesTheNameToTheService() {
        service.json("POST tokens", 200, new NewToken("read-1", "read", "muster_secret"));

        Result result = cli.run("token", "create", "--scope=read", "--quiet");

        assertThat(result.err()).isEmpty();
        assertThat(service.body("POST tokens")).isEqualTo("{\"name\":null,\"scope\":\"read\"}");
    }

    @Test
    void wantsToKnowTheScope() {
        Result result = cli.run("token", "create");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--scope");
    }

    @Test
    void listsThem() {
        service.json(
                "GET tokens",
                200,
                List.of(new TokenRow("ci\u001b[2J", "act", Instant.now().minusSeconds(7200))));

        String listed = cli.run("token", "list").out();

        assertThat(listed).contains("TOKEN", "ci\\e[2J", "act", "2h");
        assertThat(cli.run("token").out()).isEqualTo(listed);
        assertThat(cli.run("token", "list", "--json").out()).startsWith("[{\"name\":\"ci");
    }

    @Test
    void saysHowToMakeTheFirst() {
        service.json("GET tokens", 200, List.of());

        assertThat(cli.run("token", "list").out()).contains("muster token create --scope read");
    }

    @Test
    void revokesEachThatIsNamed() {
        service.json("DELETE tokens/a", 200, new Outcome("the token a is revoked", List.of()));
        service.json("DELETE tokens/b", 200, new Outcome("the token b is revoked", List.of()));

        assertThat(cli.run("token", "revoke", "a", "b").out())
                .isEqualTo("the token a is revoked\nthe token b is revoked\n");
    }
}
