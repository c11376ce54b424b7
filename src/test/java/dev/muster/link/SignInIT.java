package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.link.LinkFailure.AuthFailed;
import dev.muster.link.LinkFailure.Locked;
import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.testing.FaultyServer;
import dev.muster.testing.TestAgent;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, agents and passwords.
@Timeout(180)
class SignInIT {
    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa", "ed25519"})
    void signsInWithAnAgent(String type) throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestAgent agent = TestAgent.in(dir);
                TestClient client = withAgent(agent.socket())) {
            Path key = authorizedKey(sshd, type, "");
            agent.add(key);
            client.connect(without(sshd)).close();
        }
    }

    @Test
    void takesTheAgentThatACommandOffers() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestAgent agent = TestAgent.in(dir);
                TestClient client = withAgent(dir.resolve("gone.sock"))) {
            agent.add(authorizedKey(sshd, "ed25519", ""));
            assertThat(client.links().agent().answers()).isFalse();
            assertThat(failure(client, without(sshd))).isInstanceOf(AuthFailed.class);
            client.links().agent().use(agent.socket());
            assertThat(client.links().agent().answers()).isTrue();
            client.connect(without(sshd)).close();
        }
    }

    @Test
    void offersOnlyTheKeyThatIsNamed() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).option("MaxAuthTries 2").start();
                TestAgent agent = TestAgent.in(dir);
                TestClient client = withAgent(agent.socket())) {
            for (int i = 0; i < 4; i++) {
                Path other = dir.resolve("other" + i);
                TestSshd.keygen(other, "ed25519", "");
                agent.add(other);
            }
            LinkFailure tooMany = failure(client, without(sshd));
            assertThat(tooMany).isInstanceOf(AuthFailed.class);
            assertThat(tooMany.detail()).contains("too many keys").contains("identity:");
            client.connect(sshd.host("dev-1")).close();
        }
    }

    @Test
    void asksTheAgentForANamedKeyThatIsEncryptedOnDisk() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestAgent agent = TestAgent.in(dir);
                TestClient client = withAgent(agent.socket())) {
            Path key = authorizedKey(sshd, "ed25519", "");
            agent.add(key);
            new ProcessBuilder("ssh-keygen", "-q", "-p", "-N", "secret", "-f", key.toString())
                    .start()
                    .waitFor();
            Files.delete(Path.of(key + ".pub"));
            client.connect(with(sshd, key)).close();
        }
    }

    @Test
    void isLockedUntilThePassphraseIsGiven() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir)) {
            Path key = authorizedKey(sshd, "ed25519", "right one");
            Host host = with(sshd, key);
            LinkFailure locked = failure(client, host);
            assertThat(locked).isInstanceOf(Locked.class);
            assertThat(locked.detail()).contains(key.toString()).contains("muster unlock dev-1");
            char[] wrong = "wrong one".toCharArray();
            client.links().secrets().put("dev-1", Secrets.Kind.PASSPHRASE, wrong);
            assertThat(wrong).containsOnly('\0');
            assertThat(failure(client, host).detail()).contains("does not open");
            client.links()
                    .secrets()
                    .put("dev-1", Secrets.Kind.PASSPHRASE, "right one".toCharArray());
            client.connect(host).close();
            client.links().secrets().forget("dev-1", Secrets.Kind.PASSPHRASE);
            assertThat(failure(client, host)).isInstanceOf(Locked.class);
        }
    }

    @Test
    void saysThatNoKeyWasTaken() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir)) {
            Path stranger = dir.resolve("stranger");
            TestSshd.keygen(stranger, "ed25519", "");
            LinkFailure refused = failure(client, with(sshd, stranger));
            assertThat(refused).isInstanceOf(AuthFailed.class);
            assertThat(refused.detail()).contains("took none of 1 keys").doesNotContain("unlock");
            assertThat(refused.secret()).isNull();
        }
    }

    @Test
    void saysThatANamedKeyIsNotThere() throws Exception {
        try (TestSshd sshd = TestSshd.in(dir).start();
                TestClient client = TestClient.in(dir)) {
            LinkFailure refused = failure(client, with(sshd, dir.resolve("nowhere")));
            assertThat(refused).isInstanceOf(Misconfigured.class);
            assertThat(refused.detail()).contains("nowhere").contains("does not exist");
        }
    }

    @Test
    void triesAPasswordOnceAndOnlyWhenItWasGiven() throws Exception {
        try (FaultyServer server = FaultyServer.wantingPassword("sesame");
                TestClient client = TestClient.in(dir)) {
            Host host = server.host("dev-1", dir, Optional.empty());
            assertThat(failure(client, host)).isInstanceOf(Locked.class);
            assertThat(server.attempts()).isZero();
            client.links().secrets().put("dev-1", Secrets.Kind.PASSWORD, "wrong".toCharArray());
            LinkFailure wrong = failure(client, host);
            assertThat(wrong).isInstanceOf(Locked.class);
            assertThat(wrong.detail()).contains("refused the password");
            int tried = server.attempts();
            assertThat(failure(client, host)).isInstanceOf(Locked.class);
            assertThat(server.attempts()).isEqualTo(tried);
            client.links().secrets().put("dev-1", Secrets.Kind.PASSWORD, "sesame".toCharArray());
            client.connect(host).close();
        }
    }

    @Test
    void tellsARefusalFromAMissingSecret() throws Exception {
        Path key = dir.resolve("key");
        TestSshd.keygen(key, "ed25519", "");
        try (FaultyServer server = FaultyServer.refusingEverybody();
                TestClient client = TestClient.in(dir)) {
            assertThat(failure(client, server.host("dev-1", dir, Optional.of(key))))
                    .isInstanceOf(AuthFailed.class);
        }
    }

    private TestClient withAgent(Path socket) throws Exception {
        return TestClient.in(dir, Map.of("SSH_AUTH_SOCK", socket.toString()), LinkTimings.STANDARD);
    }

    private Path authorizedKey(TestSshd sshd, String type, String passphrase) throws Exception {
        Path key = dir.resolve("key_" + type);
        TestSshd.keygen(key, type, passphrase);
        sshd.authorize(Path.of(key + ".pub"));
        return key;
    }

    private static Host without(TestSshd sshd) throws Exception {
        return identity(sshd, Optional.empty());
    }

    private static Host with(TestSshd sshd, Path key) throws Exception {
        return identity(sshd, Optional.of(key));
    }

    private static Host identity(TestSshd sshd, Optional<Path> identity) throws Exception {
        Reach.Ssh ssh = sshd.reach();
        return TestSshd.host(
                "dev-1",
                new Reach.Ssh(
                        ssh.destination(),
                        ssh.user(),
                        ssh.port(),
                        ssh.jump(),
                        identity,
                        ssh.knownHosts()));
    }

    private static LinkFailure failure(TestClient client, Host host) {
        return catchThrowableOfType(LinkException.class, () -> client.connect(host)).failure();
    }
}
