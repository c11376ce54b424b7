package dev.muster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.shell.Script;
import dev.muster.testing.LoginShell;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every login shell, with rc files that get in the way and homes with odd names.
@Timeout(180)
class LoginShellIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ODD = "it's $HOME `id` \"x\" \\ *\nline é日 -n";

    @TempDir Path dir;

    static Stream<Arguments> rcFiles() {
        return Stream.of(
                Arguments.of(LoginShell.BASH, "echo noise; echo bad >&2", "noise"),
                Arguments.of(LoginShell.ZSH, "echo noise; echo bad >&2", "noise"),
                Arguments.of(LoginShell.FISH, "echo noise; echo bad >&2", "noise"),
                Arguments.of(LoginShell.TCSH, "echo noise", "noise"),
                Arguments.of(LoginShell.BASH, "read -p 'agree? ' answer", ""),
                Arguments.of(LoginShell.ZSH, "read answer", ""),
                Arguments.of(LoginShell.FISH, "read answer", ""),
                Arguments.of(LoginShell.TCSH, "set answer = $<", ""),
                Arguments.of(LoginShell.BASH, "sleep 1.5", ""),
                Arguments.of(LoginShell.ZSH, "sleep 1.5", ""),
                Arguments.of(LoginShell.FISH, "sleep 1.5", ""),
                Arguments.of(LoginShell.TCSH, "sleep 1.5", ""));
    }

    @ParameterizedTest
    @MethodSource("rcFiles")
    void delivers(LoginShell shell, String rc, String noise) throws Exception {
        TestHome home = TestHome.in(dir, "home").rc(shell, rc + "\n");
        try (TestSshd sshd = TestSshd.in(dir).shell(shell).home(home).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            RunResult result = link.run(echo(ODD, "the input"), LONG);
            assertThat(result.outText()).isEqualTo(ODD + "\0the input");
            assertThat(result.errText()).isEmpty();
            assertThat(result.noise()).contains(noise);
            assertThat(result.exit()).isEqualTo(7);
            try (StandingStream stream = link.open(echo(ODD, ""))) {
                stream.in().close();
                assertThat(new String(stream.out().readAllBytes(), UTF_8)).isEqualTo(ODD + "\0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksInAHomeOfAnyName(LoginShell shell) throws Exception {
        TestHome home = TestHome.in(dir, ODD);
        // As PAM does on a real machine; without it fish takes HOME for Latin-1 and mangles it.
        try (TestSshd sshd =
                        TestSshd.in(dir).shell(shell).home(home).env("LANG", "C.UTF-8").start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            Script where = new Script("where", "printf %s \"$HOME\"", List.of(), new byte[0]);
            assertThat(link.run(where, LONG).outText()).isEqualTo(home.path().toString());
        }
    }

    @Test
    void saysThatAnRcFileAteTheScript() throws Exception {
        TestHome home = TestHome.in(dir, "home").rc(LoginShell.BASH, "cat >/dev/null\n");
        try (TestSshd sshd = TestSshd.in(dir).shell(LoginShell.BASH).home(home).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            LinkException thrown =
                    catchThrowableOfType(LinkException.class, () -> link.run(echo("a", ""), LONG));
            assertThat(thrown).hasMessageContaining("rc file").hasMessageContaining("dev-1");
            assertThat(thrown.failure()).isInstanceOf(LinkFailure.Misconfigured.class);
        }
    }

    @Test
    void saysWhatALoginShellPrintedThatEndsAtOnce() throws Exception {
        TestHome home = TestHome.in(dir, "home").rc(LoginShell.BASH, "echo not for you; exit 5\n");
        try (TestSshd sshd = TestSshd.in(dir).shell(LoginShell.BASH).home(home).start();
                TestClient client = TestClient.in(dir);
                Link link = client.connect(sshd.host("dev-1"))) {
            LinkException thrown =
                    catchThrowableOfType(LinkException.class, () -> link.run(echo("a", ""), LONG));
            assertThat(thrown).hasMessageContaining("status 5").hasMessageContaining("not for you");
        }
    }

    private static Script echo(String arg, String input) {
        String text = "for a; do printf '%s\\0' \"$a\"; done; cat; exit 7";
        return new Script("echo", text, List.of(arg), input.getBytes(UTF_8));
    }
}
