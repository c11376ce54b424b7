package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process of a session's pane, `lib/session.sh`, at its end.
@Timeout(180)
class SessionEndIT {
    private static final Path SCRIPT =
            Path.of("src/main/resources/scripts/lib/session.sh").toAbsolutePath();

    @TempDir Path folder;

    /// Removing a worktree is refused for a process that stands in it: `muster rm` as soon as the
    /// board says that a session has ended must not meet the session's own.
    @Test
    void standsInTheWorktreeNoMoreWhenItTellsThatItIsOver() throws Exception {
        assumeThat(Path.of("/proc/self/cwd")).as("this system's /proc").exists();
        Path repo = Files.createDirectories(folder.resolve("repo")).toRealPath();
        Path session = Files.createDirectories(folder.resolve("sessions/01"));
        Files.writeString(folder.resolve("gen"), "1\n");
        Path journal = folder.resolve("journal.1");
        Files.writeString(session.resolve("plan"), "MODE=checkout REPO='" + repo + "'\n");
        Files.writeString(session.resolve("env"), "");
        Files.writeString(session.resolve("prompt"), "");
        // The agent leaves a journal that nobody reads: what tells of its end has to wait.
        Files.writeString(
                session.resolve("command.1"),
                "AGENT=command\nset -- /bin/sh -c 'mv \"$1\" \"$1.old\" && mkfifo \"$1\"; exit 3'"
                        + " agent '"
                        + journal
                        + "'\n");
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", SCRIPT.toString(), folder.toString(), "01", "1")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SHELL", "/bin/sh");
        Process process = builder.start();
        try {
            Path exit = session.resolve("run.1/exit");
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(exit));
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("said"))).isTrue();
            assertThat(Path.of("/proc/" + process.pid() + "/cwd").toRealPath())
                    .isEqualTo(Path.of("/"));
            assertThat(Files.readString(journal)).contains("\"k\":\"exit\"", "\"rc\":3");
            assertThat(process.waitFor()).isEqualTo(3);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
