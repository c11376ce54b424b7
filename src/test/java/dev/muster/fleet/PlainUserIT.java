package dev.muster.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.doctor.Check;
import dev.muster.link.Link;
import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import dev.muster.testing.TestUser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A host on which Muster is nobody special.
@Timeout(180)
class PlainUserIT {
    @TempDir Path folder;
    private TestUser user;
    private TestSshd sshd;

    @BeforeEach
    void start() throws Exception {
        TestSshd.assumeInstalled();
        user = TestUser.make();
        sshd = TestSshd.in(folder.resolve("sshd")).user(user).start();
    }

    @AfterEach
    void stop() throws Exception {
        try (TestUser _ = user;
                TestSshd _ = sshd) {
            TestTmux.killAll(folder);
        }
    }

    @Test
    void runsASessionThatIsTheUsersOwn() throws Exception {
        TestFleet.Builder builder = TestFleet.in(folder).ssh("dev-1", sshd);
        user.own(sshd.home().path());
        try (TestFleet fleet = builder.start()) {
            fleet.awaitOnline("dev-1");
            SessionId id = fleet.start("dev-1", "api", "mine", "id -un >who", "");
            fleet.await(id, State.Finished.class);
            Path who = fleet.worktree(id).resolve("who");
            assertThat(Files.readString(who).strip()).isEqualTo(user.name());
            assertThat(Files.getOwner(who).getName()).isEqualTo(user.name());
            assertThat(new Doctor(fleet.fleet(), fleet.links()).examine("dev-1").checks())
                    .filteredOn(check -> check.state() == Check.State.MISSING)
                    .isEmpty();
        }
    }

    @Test
    void opensATerminalAsTheUser() throws Exception {
        TerminalSize size = new TerminalSize(91, 17, "xterm-256color");
        try (TestClient client = TestClient.in(folder);
                Link link = client.connect(sshd.host("dev-1"));
                TerminalChannel terminal = link.terminal("id -un; stty size; exit 4", size)) {
            var lines = new BufferedReader(new InputStreamReader(terminal.out(), UTF_8));
            assertThat(lines.readLine()).isEqualTo(user.name());
            assertThat(lines.readLine()).isEqualTo("17 91");
            assertThat(terminal.exited().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(4);
        }
    }
}
