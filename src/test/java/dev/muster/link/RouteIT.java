package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.shell.Script;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ways to a host: jumps, programs, aliases.
@Timeout(180)
class RouteIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path dir;
    private TestSshd bastion;
    private TestSshd inner;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        bastion = TestSshd.in(dir).start();
        inner = TestSshd.in(dir).start();
        client = TestClient.in(dir);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        inner.close();
        bastion.close();
    }

    @Test
    void goesThroughAHostOfTheFile() throws Exception {
        client.add(bastion.host("bastion"));
        long listening = listeners();
        try (Link link = client.connect(through("bastion"))) {
            assertThat(run(link)).contains("127.0.0.1");
            assertThat(bastion.connections()).isEqualTo(1);
            // A jump must never be a port that other users of this machine can use.
            assertThat(listeners()).isLessThanOrEqualTo(listening);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> bastion.connections() == 0);
    }

    @Test
    void goesThroughSeveralHops() throws Exception {
        client.add(bastion.host("bastion"));
        try (TestSshd second = TestSshd.in(dir).start()) {
            client.add(second.host("second"));
            try (Link link = client.connect(through("bastion,second"))) {
                run(link);
                assertThat(bastion.connections()).isEqualTo(1);
                assertThat(second.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void saysThatTheJumpHostWent() throws Exception {
        client.add(bastion.host("bastion"));
        Link link = client.connect(through("bastion"));
        bastion.dropConnections();
        LinkFailure seen = link.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(seen.detail()).contains("jump host").contains(":" + bastion.port());
    }

    @Test
    void namesTheJumpHostWhoseKeyIsUnknown() throws Exception {
        client.add(TestSshd.host("bastion", bastion.reach(Optional.of(dir.resolve("none")))));
        LinkFailure.HostKeyUnknown seen = (LinkFailure.HostKeyUnknown) failure(through("bastion"));
        assertThat(seen.offered().address()).endsWith(":" + bastion.port());
    }

    @Test
    void namesTheHostToTrustForAJumpThatIsNotInTheFile() throws Exception {
        String jump = System.getProperty("user.name") + "@127.0.0.1:" + bastion.port();
        assertThat(failure(through(jump)).detail())
                .contains(":" + bastion.port())
                .contains("muster hosts trust dev-1");
    }

    @Test
    void closesEveryLinkWithTheConnector() throws Exception {
        Link link = client.connect(inner.host("dev-1"));
        client.close();
        link.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> inner.connections() == 0);
    }

    @Test
    void refusesJumpsInACircle() throws Exception {
        Host circle = through("dev-1");
        client.add(circle);
        assertThat(failure(circle).detail()).contains("circle");
    }

    @Test
    void goesThroughAProgram() throws Exception {
        client.config(
                alias(inner)
                        + "  ProxyCommand ssh -F none -q -i '"
                        + bastion.clientKey()
                        + "' -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p "
                        + bastion.port()
                        + " -W %h:%p 127.0.0.1\n");
        client.knows(inner.knownHostsLines());
        try (Link link = client.connect(byAlias("work"))) {
            run(link);
            assertThat(bastion.connections()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> bastion.connections() == 0);
    }

    @Test
    void saysWhatAProgramComplainedAbout() throws Exception {
        client.config("Host work\n  ProxyCommand echo no such way >&2; exit 1\n");
        LinkFailure seen = failure(byAlias("work"));
        assertThat(seen.detail()).contains("no such way");
    }

    @Test
    void readsAliasesWithIncludeAndMatch() throws Exception {
        client.ssh("more", "Match host work exec true\n" + alias(inner).replace("Host work\n", ""));
        client.config("Include " + client.home().resolve(".ssh/more") + "\n");
        client.knows(inner.knownHostsLines());
        try (Link link = client.connect(byAlias("work"))) {
            run(link);
        }
    }

    @Test
    void readsJumpsOfAliases() throws Exception {
        client.config(
                alias(inner)
                        + "  ProxyJump gate\n"
                        + alias(bastion).replace("Host work", "Host gate"));
        client.ssh(
                "known_hosts",
                String.join("\n", inner.knownHostsLines())
                        + "\n"
                        + String.join("\n", bastion.knownHostsLines())
                        + "\n");
        try (Link link = client.connect(byAlias("work"))) {
            run(link);
            assertThat(bastion.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsTheFileAboveTheAlias() throws Exception {
        client.config("Host work\n  Port 1\n  User nobody\n  HostName 127.0.0.1\n");
        Reach.Ssh ssh = inner.reach();
        Host host =
                TestSshd.host(
                        "dev-1",
                        new Reach.Ssh(
                                "work",
                                ssh.user(),
                                ssh.port(),
                                Optional.empty(),
                                ssh.identity(),
                                ssh.knownHosts()));
        client.connect(host).close();
    }

    @Test
    void namesOptionsThatItDoesNotHonour() throws Exception {
        client.config("Host work\n  ForwardAgent yes\n  StrictHostKeyChecking no\n");
        assertThat(client.links().unsupported(byAlias("work")))
                .anyMatch(option -> option.startsWith("forwardagent"))
                .anyMatch(option -> option.startsWith("stricthostkeychecking"));
    }

    private String alias(TestSshd sshd) {
        return "Host work\n  HostName 127.0.0.1\n  User "
                + System.getProperty("user.name")
                + "\n  Port "
                + sshd.port()
                + "\n  IdentityFile \""
                + sshd.clientKey()
                + "\"\n  IdentitiesOnly yes\n";
    }

    private static Host byAlias(String alias) {
        return TestSshd.host(
                "dev-1",
                new Reach.Ssh(
                        alias,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Host through(String jump) throws Exception {
        Reach.Ssh ssh = inner.reach();
        return TestSshd.host(
                "dev-1",
                new Reach.Ssh(
                        ssh.destination(),
                        ssh.user(),
                        ssh.port(),
                        Optional.of(jump),
                        ssh.identity(),
                        ssh.knownHosts()));
    }

    private LinkFailure failure(Host host) {
        return catchThrowableOfType(LinkException.class, () -> client.connect(host)).failure();
    }

    private static String run(Link link) throws Exception {
        Script script = new Script("who", "echo \"$SSH_CONNECTION\"", List.of(), new byte[0]);
        RunResult result = link.run(script, LONG);
        assertThat(result.exit()).isZero();
        return result.outText();
    }

    /// TCP sockets on which this very process listens, as Linux tells: other tests may run beside.
    private static long listeners() throws Exception {
        Path table = Path.of("/proc/self/net/tcp");
        if (!Files.exists(table)) {
            return 0;
        }
        Set<String> own = new HashSet<>();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            open.forEach(
                    fd -> {
                        try {
                            own.add(Files.readSymbolicLink(fd).toString());
                        } catch (IOException e) {
                            // Closed meanwhile.
                            own.remove("");
                        }
                    });
        }
        // Java's sockets are mostly of both families, and told of there.
        Path both = Path.of("/proc/self/net/tcp6");
        List<String> lines = new ArrayList<>(Files.readAllLines(table));
        lines.addAll(Files.exists(both) ? Files.readAllLines(both) : List.of());
        return lines.stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[3].equals("0A"))
                .filter(fields -> own.contains("socket:[" + fields[9] + "]"))
                .count();
    }
}
