package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.git.WorktreeNaming;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.LoginShell;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the agent receives is byte for byte what was typed, and nothing of it is ever run: on real
/// OpenSSH and tmux, whatever the login shell, its rc files, and the names of homes and repos.
class DeliveryIT {
    /// Leaves what it got as files of its worktree: arguments, the prompt's file, the environment.
    private static final String AGENT =
            "printf '%s' \"$1\" >got.first; printf '%s' \"$2\" >got.prompt;"
                    + " cat \"$MUSTER_PROMPT_FILE\" >got.file; printf '%s' \"$VALUE\" >got.env;"
                    + " git symbolic-ref --short HEAD >got.branch";

    private static final Map<LoginShell, String> RC =
            Map.of(
                    LoginShell.SH, "echo noise; sleep 0.2\n",
                    LoginShell.BASH, "echo noise; [ -t 0 ] || read -r line; sleep 0.2\n",
                    LoginShell.ZSH, "echo noise; [ -t 0 ] || read -r line; sleep 0.2\n",
                    LoginShell.FISH, "echo noise; isatty stdin; or read line; sleep 0.2\n",
                    LoginShell.TCSH, "echo noise; sleep 0.2\n");

    @TempDir Path folder;

    /// What is sent, and as what it must arrive.
    private record Sent(String first, String value, String prompt, @Nullable String branch) {}

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @ParameterizedTest
    @EnumSource(LoginShell.class)
    void deliversByteForByteThroughEveryLoginShell(LoginShell shell) throws Exception {
        overSsh(shell, 4);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(LoginShell.class)
    void deliversManyTextsByteForByteThroughEveryLoginShell(LoginShell shell) throws Exception {
        overSsh(shell, 60);
    }

    @Test
    void deliversInAHomeAndARepoOfAnyName() throws Exception {
        String odd = "a 'b' \"c\" $d `e` \nf;g&h|i ü 漢 -";
        try (TestFleet fleet =
                TestFleet.in(folder).repoFolder("-r " + odd).localIn("laptop", odd).start()) {
            deliver(fleet, "laptop", 3);
        }
    }

    private void overSsh(LoginShell shell, int tries) throws Exception {
        shell.assumeInstalled();
        TestHome home = TestHome.in(folder, "ho me'$x\"`y`ü").rc(shell, RC.get(shell));
        try (TestSshd sshd =
                        TestSshd.in(folder.resolve("sshd"))
                                .home(home)
                                .shell(shell)
                                .env("LANG", "C.UTF-8")
                                .start();
                TestFleet fleet =
                        TestFleet.in(folder)
                                .repoFolder("re po'$(touch x)\"ß")
                                .ssh("dev-1", sshd)
                                .start()) {
            deliver(fleet, "dev-1", tries);
        }
    }

    private void deliver(TestFleet fleet, String host, int tries) throws Exception {
        long seed = Long.getLong("muster.seed", System.nanoTime());
        System.out.println("DeliveryIT: -Dmuster.seed=" + seed);
        Random random = new Random(seed);
        Path canary = folder.resolve("canary");
        HostileText hostile = new HostileText(random, canary);
        fleet.awaitOnline(host);
        Map<SessionId, Sent> all = new LinkedHashMap<>();
        for (int i = 0; i < tries; i++) {
            Sent sent =
                    new Sent(
                            // `~/` and `{prompt}` have a meaning there, as in hosts.yaml.
                            hostile.text(30).replaceFirst("^~", "-").replace("{", "("),
                            hostile.text(30).replaceFirst("^~", "-"),
                            // One is as long as people paste.
                            hostile.text(i == 0 ? 9_000 : 60),
                            branch(hostile));
            all.put(start(fleet, host, sent), sent);
        }
        for (Map.Entry<SessionId, Sent> entry : all.entrySet()) {
            SessionId id = entry.getKey();
            Sent sent = entry.getValue();
            fleet.await(id, State.Finished.class);
            Path worktree = fleet.worktree(id);
            Function<String, byte[]> got = name -> read(worktree.resolve(name));
            assertThat(got.apply("got.prompt")).as("prompt").isEqualTo(bytes(sent.prompt()));
            assertThat(got.apply("got.file")).as("prompt file").isEqualTo(bytes(sent.prompt()));
            assertThat(got.apply("got.first")).as("argument").isEqualTo(bytes(sent.first()));
            assertThat(got.apply("got.env")).as("environment").isEqualTo(bytes(sent.value()));
            assertThat(got.apply("got.branch")).isEqualTo(bytes(sent.branch() + "\n"));
        }
        assertThat(canary).as("what a shell made of the text").doesNotExist();
    }

    private static SessionId start(TestFleet fleet, String host, Sent sent) throws Exception {
        SessionId id = new SessionId(Ulid.next());
        fleet.starts()
                .start(
                        new StartAsk(
                                id,
                                host,
                                "api",
                                null,
                                sent.branch(),
                                null,
                                null,
                                null,
                                null,
                                Map.of("VALUE", sent.value()),
                                Map.of("text", sent.value()),
                                List.of(AGENT, "agent", sent.first()),
                                true,
                                sent.prompt()));
        return id;
    }

    /// One that git takes: the rules are git's own, and tested against it elsewhere. Its end is
    /// unlike any other's, so that no branch stands in the way of another (`a` and `a/b`).
    private static String branch(HostileText hostile) {
        while (true) {
            String name = hostile.branch() + "/" + Ulid.next();
            if (WorktreeNaming.problem(name).isEmpty()) {
                return name;
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
