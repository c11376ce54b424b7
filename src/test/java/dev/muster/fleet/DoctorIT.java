package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.fleet.doctor.Check;
import dev.muster.testing.LoginShell;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The doctor on real OpenSSH servers.
@Timeout(300)
class DoctorIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsSshd() {
        TestSshd.assumeInstalled();
    }

    @ParameterizedTest
    @EnumSource(LoginShell.class)
    void findsASoundHostSoundWhateverTheLoginShell(LoginShell shell) throws Exception {
        shell.assumeInstalled();
        TestHome home = TestHome.in(folder, "ho me'$x\"ü");
        home.file(".gitconfig", "[user]\nname = t\nemail = t@example.com\n");
        try (TestSshd sshd =
                        TestSshd.in(folder.resolve("sshd"))
                                .home(home)
                                .shell(shell)
                                .env("LANG", "C.UTF-8")
                                .start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
            fleet.awaitOnline("dev-1");
            List<Check> checks = examine(fleet, "dev-1");
            for (String what :
                    List.of(
                            "reachable",
                            "host-key",
                            "login-shell",
                            "sh",
                            "git",
                            "tmux",
                            "locale",
                            "state",
                            "clock",
                            "agent:sh",
                            "repo:api")) {
                assertThat(of(checks, what)).satisfies(c -> state(c, Check.State.OK));
            }
            assertThat(of(checks, "login-shell").detail()).contains(shell.program());
            assertThat(of(checks, "host-key").detail())
                    .contains("SHA256:")
                    .contains("known_hosts:");
        }
    }

    @Test
    void tellsWhatIsWrongEachWithItsFix() throws Exception {
        TestHome home = TestHome.in(folder, "home");
        home.rc(LoginShell.BASH, "echo welcome; read -t 5 answer\n");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        executable(bin.resolve("tmux"), "#!/bin/sh\necho tmux 3.1c\n");
        try (TestSshd sshd =
                        TestSshd.in(folder.resolve("sshd"))
                                .home(home)
                                .shell(LoginShell.BASH)
                                .env("PATH", bin + ":/usr/bin:/bin")
                                .env("LC_ALL", "C")
                                .start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
            fleet.awaitOnline("dev-1");
            Path repo = home.path().resolve("api");
            Files.move(repo, home.path().resolve("elsewhere"));
            List<Check> checks = examine(fleet, "dev-1");
            assertThat(of(checks, "tmux"))
                    .satisfies(c -> state(c, Check.State.MISSING))
                    .satisfies(c -> assertThat(c.detail()).contains("3.1c").contains("3.2a"))
                    .satisfies(c -> assertThat(c.fix()).contains("install tmux"));
            assertThat(of(checks, "rc-file").detail()).contains("welcome");
            assertThat(of(checks, "locale")).satisfies(c -> state(c, Check.State.WARNING));
            assertThat(of(checks, "repo:api"))
                    .satisfies(c -> state(c, Check.State.MISSING))
                    .satisfies(c -> assertThat(c.detail()).contains(repo.toString()));
        }
    }

    @Test
    void saysThatOnlyTheLoginShellFindsTmux() throws Exception {
        TestHome home = TestHome.in(folder, "home");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path far = Files.createDirectories(folder.resolve("far"));
        for (String tool : List.of("awk", "cat", "chmod", "cp", "date", "dd", "df", "head", "id")) {
            link(bin, tool);
        }
        for (String tool : List.of("ln", "ls", "mkdir", "mv", "od", "ps", "rm", "sed", "sleep")) {
            link(bin, tool);
        }
        for (String tool : List.of("tail", "tr", "uname", "wc", "git", "sh", "grep", "timeout")) {
            link(bin, tool);
        }
        executable(far.resolve("tmux"), "#!/bin/sh\necho tmux 3.4\n");
        home.file(".profile", "PATH=" + far + ":$PATH\n");
        try (TestSshd sshd =
                        TestSshd.in(folder.resolve("sshd"))
                                .home(home)
                                .env("PATH", bin.toString())
                                .start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
            fleet.awaitOnline("dev-1");
            assertThat(of(examine(fleet, "dev-1"), "tmux"))
                    .satisfies(c -> state(c, Check.State.MISSING))
                    .satisfies(
                            c ->
                                    assertThat(c.detail())
                                            .contains("only the login shell finds it")
                                            .contains(far.resolve("tmux").toString()));
            assertThat(fleet.host("dev-1").problems()).anyMatch(p -> p.what().equals("tmux"));
        }
    }

    @Test
    void answersInTimeThoughTheLoginShellHangs() throws Exception {
        TestHome home = TestHome.in(folder, "home");
        home.file(".bash_profile", "echo waiting for the network; sleep 1000\n");
        try (TestSshd sshd =
                        TestSshd.in(folder.resolve("sshd"))
                                .home(home)
                                .shell(LoginShell.BASH)
                                .start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
            fleet.awaitOnline("dev-1");
            long before = System.nanoTime();
            List<Check> checks = examine(fleet, "dev-1");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(45));
            assertThat(of(checks, "login-shell"))
                    .satisfies(c -> state(c, Check.State.MISSING))
                    .satisfies(c -> assertThat(c.detail()).contains("waiting for the network"));
            assertThat(of(checks, "agent:sh")).satisfies(c -> state(c, Check.State.UNKNOWN));
            assertThat(of(checks, "tmux")).satisfies(c -> state(c, Check.State.OK));
            assertThat(of(checks, "repo:api").state()).isNotEqualTo(Check.State.UNKNOWN);
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(TestTmux.processesWith("HOME=" + home.path()))
                                            .noneMatch(line -> line.contains("sleep 1000")));
        }
    }

    @Test
    void reportsOfAHostThatCannotBeReached() throws Exception {
        try (TestSshd sshd = TestSshd.in(folder.resolve("sshd")).start();
                TestFleet fleet = TestFleet.in(folder).ssh("dev-1", sshd).start()) {
            fleet.awaitOnline("dev-1");
            sshd.stop();
            fleet.awaitHost("dev-1", HostState.OFFLINE);
            List<Check> checks = examine(fleet, "dev-1");
            assertThat(of(checks, "reachable"))
                    .satisfies(c -> state(c, Check.State.MISSING))
                    .satisfies(c -> assertThat(c.detail()).contains("offline"))
                    .satisfies(c -> assertThat(c.fix()).isNotBlank());
            assertThat(checks)
                    .filteredOn(c -> !c.what().equals("reachable"))
                    .isNotEmpty()
                    .allSatisfy(c -> state(c, Check.State.UNKNOWN));
        }
    }

    @Test
    void warnsThatLocalAgentsRunAsTheUser() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            fleet.awaitOnline("laptop");
            List<Check> checks = examine(fleet, "laptop");
            assertThat(of(checks, "wall").detail()).contains("token");
            assertThat(checks).noneMatch(c -> c.what().equals("host-key"));
        }
    }

    @Test
    void knowsNoHostThatTheFileDoesNotName() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            fleet.awaitOnline("laptop");
            assertThatThrownBy(() -> new Doctor(fleet.fleet(), fleet.links()).examine("nobody"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.kind()).isEqualTo(Refused.Kind.NOT_FOUND));
        }
    }

    private static List<Check> examine(TestFleet fleet, String host) throws Exception {
        return new Doctor(fleet.fleet(), fleet.links()).examine(host).checks();
    }

    private static Check of(List<Check> checks, String what) {
        return checks.stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + what + " among " + checks));
    }

    private static void state(Check check, Check.State state) {
        assertThat(check.state()).as(check.toString()).isEqualTo(state);
    }

    private static void link(Path bin, String tool) throws Exception {
        for (String dir : List.of("/usr/bin", "/bin")) {
            if (Files.exists(Path.of(dir, tool))) {
                Files.createSymbolicLink(bin.resolve(tool), Path.of(dir, tool));
                return;
            }
        }
    }

    private static void executable(Path file, String text) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
