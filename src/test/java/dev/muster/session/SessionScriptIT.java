package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.testing.HostFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process of a session's pane, with a journal that takes a record only when the test reads it.
@Timeout(120)
class SessionScriptIT {
    private static final Path SCRIPTS = Path.of("src/main/resources/scripts/lib");

    @TempDir Path home;

    @Test
    void hasLeftTheWorktreeWhenItSaysThatTheRunIsOver() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc")), "no /proc to see where a process is");
        HostFolder host = HostFolder.in(home);
        Path state = host.state();
        Path lib = Files.createDirectories(state.resolve("lib/v"));
        for (String script : List.of("session.sh", "run.sh", "journal.sh")) {
            Files.copy(SCRIPTS.resolve(script), lib.resolve(script));
        }
        Path repo = Files.createDirectories(home.resolve("repo"));
        Path session = Files.createDirectories(state.resolve("sessions/S"));
        Files.writeString(session.resolve("plan"), "MODE=checkout REPO='" + repo + "'\n");
        Files.writeString(session.resolve("prompt"), "");
        Files.writeString(session.resolve("env"), "");
        Files.writeString(session.resolve("command.1"), "AGENT=command; set -- true\n");
        Files.writeString(state.resolve("gen"), "g1\n");
        Path journal = state.resolve("journal.g1");
        assertThat(host.start(List.of("mkfifo", journal.toString())).waitFor()).isZero();

        Process pane =
                host.start(
                        List.of(
                                "env",
                                "SHELL=/bin/sh",
                                "/bin/sh",
                                lib.resolve("session.sh").toString(),
                                state.toString(),
                                "S",
                                "1"));
        assertThat(next(host, journal)).contains("\"k\":\"start\"");
        Awaitility.await().until(() -> Files.exists(session.resolve("run.1/exit")));

        assertThat(pane.isAlive()).isTrue();
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + pane.pid() + "/cwd")))
                .isNotEqualTo(repo.toRealPath());

        assertThat(next(host, journal)).contains("\"k\":\"exit\"");
        assertThat(pane.waitFor()).isZero();
    }

    /// Lets the next record be written.
    private static String next(HostFolder host, Path journal) throws Exception {
        Process cat = host.start(List.of("cat", journal.toString()));
        String record = new String(cat.getInputStream().readAllBytes());
        assertThat(cat.waitFor()).isZero();
        return record;
    }
}
