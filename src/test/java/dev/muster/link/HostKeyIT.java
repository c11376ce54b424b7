package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.host.Host;
import dev.muster.link.LinkFailure.HostKeyChanged;
import dev.muster.link.LinkFailure.HostKeyUnknown;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Host keys against a real OpenSSH server with keys of three types.
@Timeout(180)
class HostKeyIT {
    @TempDir Path dir;
    private TestSshd sshd;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.in(dir).start();
        client = TestClient.in(dir);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        sshd.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa", "ed25519"})
    void takesTheOneKeyThatIsKnown(String type) throws Exception {
        client.knows(sshd.knownHostsLines(type));
        client.connect(host()).close();
    }

    @Test
    void takesHashedNames() throws Exception {
        client.knows(sshd.knownHostsLines("ecdsa"));
        Path known = client.home().resolve(".ssh/known_hosts");
        run("ssh-keygen", "-q", "-H", "-f", known.toString());
        assertThat(Files.readString(known)).startsWith("|1|");
        client.connect(host()).close();
    }

    @Test
    void showsAnUnknownKeyAndTakesItOnceTrusted() throws Exception {
        HostKeyUnknown unknown = (HostKeyUnknown) failure();
        assertThat(unknown.offered().fingerprint())
                .isEqualTo(fingerprint(unknown.offered().type()));
        assertThat(unknown.detail())
                .contains(unknown.offered().fingerprint())
                .contains("muster hosts trust dev-1");
        client.links().knownHosts().trust(unknown.offered());
        client.connect(host()).close();
        assertThat(client.home().resolve(".ssh")).doesNotExist();
    }

    @Test
    void refusesAChangedKeyUntilAPersonTrustsIt() throws Exception {
        client.links().knownHosts().trust(((HostKeyUnknown) failure()).offered());
        client.knows(sshd.knownHostsLines("ecdsa"));
        sshd.restartWithNewKeys();
        HostKeyChanged changed = (HostKeyChanged) failure();
        assertThat(changed.expected()).isNotEmpty();
        assertThat(changed.source()).endsWith("known_hosts:1");
        assertThat(changed.offered().fingerprint())
                .isEqualTo(fingerprint(changed.offered().type()));
        client.links().knownHosts().trust(changed.offered());
        client.connect(host()).close();
        assertThat(Files.readAllLines(client.home().resolve("muster/known_hosts"))).hasSize(1);
    }

    @Test
    void refusesARevokedKeyHoweverTrusted() throws Exception {
        List<String> lines = sshd.knownHostsLines("ed25519");
        client.knows(List.of(lines.getFirst(), "@revoked " + lines.getFirst()));
        assertThat(failure().detail()).contains("revoked").contains("known_hosts:2");
    }

    @Test
    void takesAKeyThatAnAuthorityVouchesFor() throws Exception {
        Path authority = dir.resolve("authority");
        TestSshd.keygen(authority, "ed25519", "");
        Path certificate = certify(authority, "127.0.0.1");
        try (TestSshd other =
                TestSshd.in(dir).option("HostCertificate \"" + certificate + "\"").start()) {
            // The certificate belongs to the first server's key: give the second that key.
            Files.copy(
                    sshd.hostKeyFile("ecdsa"),
                    other.hostKeyFile("ecdsa"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            other.restart();
            String key = Files.readString(Path.of(authority + ".pub"));
            client.knows(List.of("@cert-authority [127.0.0.1]:* " + key.strip()));
            client.connect(TestSshd.host("dev-1", other.reach(Optional.empty()))).close();
        }
    }

    private Path certify(Path authority, String name) throws Exception {
        Path key = sshd.hostKeyFile("ecdsa");
        run(
                "ssh-keygen",
                "-q",
                "-h",
                "-s",
                authority.toString(),
                "-I",
                "test",
                "-n",
                name,
                key + ".pub");
        return Path.of(key + "-cert.pub");
    }

    private Host host() {
        return TestSshd.host("dev-1", sshd.reach(Optional.empty()));
    }

    private LinkFailure failure() {
        return catchThrowableOfType(LinkException.class, () -> client.connect(host())).failure();
    }

    /// As ssh-keygen says it.
    private String fingerprint(String type) throws Exception {
        String file = type.contains("ed25519") ? "ed25519" : type.contains("rsa") ? "rsa" : "ecdsa";
        return run("ssh-keygen", "-l", "-f", sshd.hostKeyFile(file) + ".pub").split(" ")[1];
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
