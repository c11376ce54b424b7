package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.CliRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsCheckTest {
    @TempDir Path home;
    private CliRun cli;

    @BeforeEach
    void withoutAService() throws IOException {
        cli = new CliRun(home, ExitCodesTest.free());
    }

    private Path hosts(String yaml) throws IOException {
        return Files.writeString(home.resolve("hosts.yaml"), yaml);
    }

    @Test
    void countsWhatAGoodFileSaysWithoutAService() throws IOException {
        Path file =
                hosts(
                        """
                        hosts:
                          laptop:
                            local: true
                            repos: { web: { path: ~/src/web } }
                          dev-1..3: { ssh: "dev-{n}" }
                        """);

        Result result = cli.run("hosts", "check", file.toString());

        assertThat(result.out()).isEqualTo(file + " is good: 4 hosts, 1 repo\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void printsEveryFaultWithItsPlace() throws IOException {
        Path file = hosts("hosts:\n  a:\n    ssh: a\n    jmp: b\n  b:\n    local: maybe\n");

        Result result = cli.run("hosts", "check", file.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.out()).contains(file + ":4:5:").contains("jump").contains(file + ":6:");
        assertThat(result.err()).isEqualTo("muster: " + file + " has 2 faults\n");
    }

    @Test
    void checksTheFileThatCommandsUseWhenNoneIsNamed() throws IOException {
        assertThat(cli.run("hosts", "check").err())
                .contains("There is no hosts file " + cli.folders.hostsFile());
        cli.env.put("MUSTER_HOSTS", hosts("hosts: { a: { ssh: a } }\n").toString());
        assertThat(cli.run("hosts", "check").out()).contains("1 host, 0 repos");
    }
}
