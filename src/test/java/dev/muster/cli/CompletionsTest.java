package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionsTest {
    @TempDir Path home;

    private String script(String shell) throws IOException {
        return new CliRun(home, ExitCodesTest.free()).run("completion", shell).out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void knowsEveryCommandAndItsOptions(String shell) throws IOException {
        assertThat(script(shell))
                .contains("start", "stop-service", "no-worktree", "read-only", "__names")
                .doesNotContain("-a __names");
    }

    @Test
    void offersOnlyNamesThatNoShellExpands() throws IOException {
        try (FakeService service = new FakeService()) {
            service.json(
                    "GET board",
                    200,
                    Rows.board(
                            List.of(Rows.host("dev-1", "online", null, 2)),
                            List.of(
                                    Rows.session("good", "dev-1", "idle", Duration.ZERO),
                                    Rows.session("$(reboot)", "dev-1", "idle", Duration.ZERO))));
            CliRun cli = new CliRun(home, service.uri());

            assertThat(cli.run("__names", "session").out()).isEqualTo("good\n");
            assertThat(cli.run("__names", "what").out()).isEqualTo("dev-1\ngood\n");
            assertThat(cli.run("__names", "repo").out()).isEqualTo("dev-1:api\ndev-1:web\n");

            service.json(
                    "GET templates",
                    200,
                    new Templates(
                            "/t", List.of(StartTemplateTest.template("fix", null)), List.of()));
            assertThat(cli.run("__names", "template").out()).isEqualTo("fix\n");
        }
    }
}
