package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.host.Host;
import dev.muster.host.HostsFile;
import dev.muster.link.LinkFailure.HostKeyUnknown;
import dev.muster.shell.Script;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hosts with IPv6 addresses, as hosts.yaml writes them.
@Timeout(180)
class Ipv6IT {
    @TempDir Path dir;
    private TestSshd sshd;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null,
                "this machine has no IPv6 loopback");
        sshd = TestSshd.in(dir).option("AddressFamily any").option("ListenAddress ::1").start();
        client = TestClient.in(dir);
    }

    @AfterEach
    void stop() throws Exception {
        try (TestSshd _ = sshd;
                TestClient _ = client) {
            assertThat(sshd.log()).doesNotContain("fatal");
        }
    }

    @Test
    void reachesAnAddressOnceItsKeyIsTrustedUnderThatName() throws Exception {
        Host host = host("");
        HostKeyUnknown unknown = (HostKeyUnknown) failure(host);
        assertThat(unknown.offered().address()).isEqualTo("[::1]:" + sshd.port());
        assertThat(unknown.offered().line()).startsWith("[::1]:" + sshd.port() + " ");

        client.links().knownHosts().trust(unknown.offered());
        try (Link link = client.connect(host)) {
            assertThat(peer(link)).startsWith("::1 ");
        }
    }

    @Test
    void jumpsThroughAnAddress() throws Exception {
        client.links().knownHosts().trust(((HostKeyUnknown) failure(host(""))).offered());
        client.add(TestSshd.host("hop", host("").reach()));
        Host behind = host(", jump: hop");
        try (Link link = client.connect(behind)) {
            assertThat(peer(link)).startsWith("::1 ");
            // That of the first try may end later than it was given up here.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sshd.connections()).isEqualTo(2));
        }
    }

    private LinkFailure failure(Host host) {
        return catchThrowableOfType(LinkException.class, () -> client.connect(host)).failure();
    }

    private static String peer(Link link) throws Exception {
        Script script = new Script("who", "echo \"$SSH_CONNECTION\"", List.of(), new byte[0]);
        return link.run(script, Duration.ofSeconds(60)).outText();
    }

    private String target() {
        return sshd.login() + "@[::1]:" + sshd.port();
    }

    private Host host(String more) throws IOException {
        String text =
                """
                hosts:
                  six: { ssh: "%1$s", identity: "%2$s"%3$s, repos: { r: { path: ~/r } } }
                  hop: { ssh: "%1$s", identity: "%2$s" }
                """
                        .formatted(target(), sshd.clientKey(), more);
        HostsFile.Result result = HostsFile.parse(text, dir.resolve("hosts.yaml"), dir);
        assertThat(result).isInstanceOf(HostsFile.Result.Good.class);
        return ((HostsFile.Result.Good) result).hosts().hosts().get("six");
    }
}
