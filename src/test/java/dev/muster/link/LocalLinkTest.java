package dev.muster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.shell.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Needs `/bin/sh` only, as the service itself does.
@Timeout(180)
class LocalLinkTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path dir;
    private Path home;
    private LocalLink link;

    @BeforeEach
    void openLink() throws IOException {
        home = Files.createDirectory(dir.resolve("a home with 'quotes' \"and\" $(id) é\nlines"));
        link = new LocalLink("laptop", home, LinkTimings.STANDARD);
    }

    @AfterEach
    void closeLink() {
        link.close();
    }

    @Test
    void answersWithStatusOutputAndErrors() throws Exception {
        RunResult result = link.run(script("echo out; echo err >&2; exit 3"), LONG);
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.outText()).isEqualTo("out\n");
        assertThat(result.errText()).isEqualTo("err\n");
        assertThat(result.noise()).isEmpty();
    }

    @Test
    void runsInTheHomeItWasGiven() throws Exception {
        RunResult result =
                link.run(script("printf %s \"$HOME\"; test \"$PWD\" -ef \"$HOME\""), LONG);
        assertThat(result.outText()).isEqualTo(home.toString());
        assertThat(result.exit()).isZero();
    }

    @Test
    void carriesBigInputAndOutput() throws Exception {
        byte[] big = new byte[20 * 1024 * 1024];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31 >> 3);
        }
        assertThat(link.run(script("cat").withInput(big), LONG).out()).isEqualTo(big);
    }

    @Test
    void doesNotMindInputThatNobodyReads() throws Exception {
        RunResult result = link.run(script("exit 4").withInput(new byte[1024 * 1024]), LONG);
        assertThat(result.exit()).isEqualTo(4);
    }

    @Test
    void saysThatALateScriptMayHaveRun() throws Exception {
        Path pid = dir.resolve("pid");
        Script hang =
                new Script("hang", "echo $$ >\"$1\"; sleep 600", List.of("" + pid), nothing());
        LinkException thrown =
                catchThrowableOfType(
                        LinkException.class, () -> link.run(hang, Duration.ofMillis(3700)));
        assertThat(thrown)
                .hasMessageContaining("script hang on laptop")
                .hasMessageContaining("within 3.7 s")
                .hasMessageContaining("not known");
        assertThat(thrown.failure()).isInstanceOf(LinkFailure.Offline.class);
        awaitDead(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void endsWhatALateScriptLeftInTheBackground() throws Exception {
        Path pid = dir.resolve("pid");
        Script orphan =
                new Script("orphan", "sleep 600 & echo $! >\"$1\"", List.of("" + pid), nothing());
        LinkException thrown =
                catchThrowableOfType(
                        LinkException.class, () -> link.run(orphan, Duration.ofSeconds(4)));
        assertThat(thrown).hasMessageContaining("keeps its output open");
        awaitDead(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void talksBothWaysOnAStandingStream() throws Exception {
        try (StandingStream stream =
                link.open(script("while read -r l; do echo \"got $l\"; done; exit 5"))) {
            var lines = new BufferedReader(new InputStreamReader(stream.out(), UTF_8));
            stream.in().write("one\n".getBytes(UTF_8));
            assertThat(lines.readLine()).isEqualTo("got one");
            stream.in().write("two\n".getBytes(UTF_8));
            assertThat(lines.readLine()).isEqualTo("got two");
            stream.in().close();
            assertThat(lines.readLine()).isNull();
            assertThat(stream.exited().toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(5);
        }
    }

    @Test
    void leavesNoProcessWhenClosed() throws Exception {
        StandingStream stream =
                link.open(script("echo $$; trap '' HUP TERM; sleep 600; sleep 600"));
        var lines = new BufferedReader(new InputStreamReader(stream.out(), UTF_8));
        long pid = Long.parseLong(lines.readLine());
        link.close();
        awaitDead(pid);
        assertThat(link.closed().toCompletableFuture().join().detail()).contains("by Muster");
        assertThat(catchThrowableOfType(LinkException.class, () -> link.run(script("true"), LONG)))
                .hasMessageContaining("closed by Muster");
    }

    @Test
    void queuesMoreScriptsThanRunAtOnce() throws Exception {
        List<Thread> threads =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> Thread.startVirtualThread(() -> appendNow(i)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Files.readAllLines(home.resolve("ran"))).hasSize(20);
        assertThat(Files.readAllLines(home.resolve("most")).stream().mapToInt(Integer::parseInt))
                .allMatch(running -> running <= ExecPool.SIZE);
    }

    private void appendNow(int i) {
        String text =
                "mkdir run.$1; set -- \"$1\" run.*; echo $(($# - 1)) >>most; sleep 0.05;"
                        + " rmdir run.$1; echo $1 >>ran";
        try {
            link.run(new Script("count", text, List.of("" + i), nothing()), LONG);
        } catch (LinkException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void opensATerminalThatCanBeResized() throws Exception {
        try (TerminalChannel terminal =
                link.terminal("stty size; read x; stty size", new TerminalSize(91, 17, "xterm"))) {
            var lines = new BufferedReader(new InputStreamReader(terminal.out(), UTF_8));
            assertThat(lines.readLine()).isEqualTo("17 91");
            terminal.resize(new TerminalSize(100, 30, "xterm"));
            terminal.in().write("\n".getBytes(UTF_8));
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("30 100");
            assertThat(terminal.exited().toCompletableFuture().get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    private static void awaitDead(long pid) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                                        .isEmpty());
    }

    private static Script script(String text) {
        return new Script("test", text, List.of(), nothing());
    }

    private static byte[] nothing() {
        return new byte[0];
    }
}
