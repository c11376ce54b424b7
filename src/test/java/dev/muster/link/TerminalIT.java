package dev.muster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Terminals over SSH.
@Timeout(180)
class TerminalIT {
    private static final TerminalSize SIZE = new TerminalSize(91, 17, "xterm-256color");

    @TempDir Path dir;

    @Test
    void opensATerminalThatCanBeResized() throws Exception {
        TestSshd.assumeTerminals();
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"));
                TerminalChannel terminal =
                        link.terminal("stty size; echo $TERM; read x; stty size; exit 4", SIZE)) {
            var lines = new BufferedReader(new InputStreamReader(terminal.out(), UTF_8));
            assertThat(lines.readLine()).isEqualTo("17 91");
            assertThat(lines.readLine()).isEqualTo("xterm-256color");
            terminal.resize(new TerminalSize(100, 30, "xterm"));
            terminal.in().write("\r".getBytes(UTF_8));
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("30 100");
            assertThat(terminal.exited().toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(4);
            assertThat(sshd.connections()).isEqualTo(2);
        }
    }

    @Test
    void opensMoreTerminalsThanAConnectionHolds() throws Exception {
        TestSshd.assumeTerminals();
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            List<TerminalChannel> terminals = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                TerminalChannel terminal = link.terminal("echo ready; cat", SIZE);
                terminals.add(terminal);
                var lines = new BufferedReader(new InputStreamReader(terminal.out(), UTF_8));
                assertThat(lines.readLine()).isEqualTo("ready");
            }
            assertThat(sshd.connections()).isEqualTo(3);
            link.close();
            for (TerminalChannel terminal : terminals) {
                terminal.exited().toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> sshd.connections() == 0);
        }
    }
}
