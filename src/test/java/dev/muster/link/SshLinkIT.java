package dev.muster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.shell.Script;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a real OpenSSH server.
@Timeout(180)
class SshLinkIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path dir;
    private TestSshd sshd;
    private TestClient client;
    private Link link;

    @BeforeEach
    void connect() throws Exception {
        sshd = TestSshd.in(dir).start();
        client = TestClient.in(dir);
        link = client.connect(sshd.host("dev-1"));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        sshd.close();
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
    void namesTheSignalThatEndedAScript() throws Exception {
        assertThat(link.run(script("kill -9 $$"), LONG).exit()).isEqualTo(128 + 9);
    }

    @Test
    void carriesBigInputAndOutput() throws Exception {
        byte[] big = new byte[50 * 1024 * 1024];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31 >> 3);
        }
        assertThat(link.run(script("cat").withInput(big), LONG).out()).isEqualTo(big);
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
    void deliversAnyArgumentsAndInputByteForByte() throws Exception {
        Random random = new Random(20_261_120);
        for (int i = 0; i < 40; i++) {
            List<String> args = new ArrayList<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                args.add(text(random));
            }
            byte[] input = new byte[random.nextInt(5000)];
            random.nextBytes(input);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (String arg : args) {
                expected.writeBytes((arg + "\0").getBytes(UTF_8));
            }
            expected.writeBytes(input);
            Script echo =
                    new Script("echo", "for a; do printf '%s\\0' \"$a\"; done; cat", args, input);
            assertThat(link.run(echo, LONG).out()).isEqualTo(expected.toByteArray());
        }
    }

    /// What shells are known to stumble over, and any other character.
    private static String text(Random random) {
        String hard = "'\"\\$`!\n\r\t ~*?[]{}()<>|&;#%-=\u0001\u007f\u0081\u0088é日🚀";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            int any = 1 + random.nextInt(0xD7FF);
            text.appendCodePoint(
                    random.nextBoolean()
                            ? hard.codePointAt(
                                    hard.offsetByCodePoints(
                                            0,
                                            random.nextInt(hard.codePointCount(0, hard.length()))))
                            : any);
        }
        return text.toString();
    }

    @Test
    @Tag("bench")
    void saysHowLongAScriptTakes() throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            link.run(script(":"), LONG);
            times.add((System.nanoTime() - start) / 1e6);
        }
        times.sort(null);
        System.out.printf(
                "script: median %.1f ms, p95 %.1f ms, heartbeat %s%n",
                times.get(30), times.get(57), link.latency());
    }

    private static Script script(String text) {
        return new Script("test", text, List.of(), new byte[0]);
    }
}
