package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.link.LinkFailure.OfferedKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final List<String> ALGORITHMS =
            List.of(
                    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp256",
                    "ssh-ed25519",
                    "rsa-sha2-512",
                    "rsa-sha2-256");

    private static PublicKey key;
    private static PublicKey other;

    @TempDir Path dir;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256).getPublic();
        other = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256).getPublic();
    }

    @Test
    void knowsNamesPortsAndPatterns() {
        assertThat(known(line("dev", key)).check("dev", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Trusted.class);
        assertThat(known(line("*.example.com,!bad.example.com", key)).lines().getFirst())
                .satisfies(
                        line -> {
                            assertThat(line.matches("a.example.com")).isTrue();
                            assertThat(line.matches("A.Example.com")).isTrue();
                            assertThat(line.matches("bad.example.com")).isFalse();
                            assertThat(line.matches("axexample.com")).isFalse();
                        });
        assertThat(known(line("[dev]:2222", key)).check("dev", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Unknown.class);
    }

    @Test
    void takesTheNameWithoutItsPortOnlyWhereThePortIsUnknown() {
        assertThat(known(line("dev", key)).check("[dev]:2222", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Trusted.class);
        assertThat(
                        known(line("dev", key), line("[dev]:2222", other))
                                .check("[dev]:2222", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Changed.class);
        assertThat(known(line("dev", other)).check("[dev]:2222", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Unknown.class);
    }

    @Test
    void tellsWhereTheKnownKeyIs() {
        HostKeyCheck check =
                known("# a comment", "", line("dev", other)).check("dev", key, Instant.EPOCH);
        assertThat(check)
                .isInstanceOfSatisfying(
                        HostKeyCheck.Changed.class,
                        changed -> {
                            assertThat(changed.source()).isEqualTo("file:3");
                            assertThat(changed.expected())
                                    .containsExactly(
                                            "ecdsa-sha2-nistp256 "
                                                    + KeyUtils.getFingerPrint(other));
                        });
    }

    @Test
    void revokesEvenWhatItAlsoTrusts() {
        assertThat(
                        known(line("dev", key), "@revoked " + line("*", key))
                                .check("dev", key, Instant.EPOCH))
                .isInstanceOf(HostKeyCheck.Revoked.class);
    }

    @Test
    void passesOverWhatIsNoLine() {
        assertThat(known("dev", "@else dev ssh-rsa AAAA", "|1|x dev", "dev x").lines()).isEmpty();
        assertThat(known("|1|!|! ssh-rsa AAAA").lines().getFirst().matches("dev")).isFalse();
    }

    @Test
    void proposesTheKnownTypesFirst() {
        assertThat(known("dev ssh-rsa AAAA").order("dev", ALGORITHMS))
                .containsExactly(
                        "rsa-sha2-512", "rsa-sha2-256", "ecdsa-sha2-nistp256", "ssh-ed25519");
        assertThat(known("dev ssh-rsa AAAA").order("elsewhere", ALGORITHMS))
                .startsWith("ecdsa-sha2-nistp256");
        assertThat(known("@cert-authority * ssh-rsa AAAA").order("dev", ALGORITHMS))
                .startsWith("ecdsa-sha2-nistp256-cert-v01@openssh.com");
    }

    @Test
    void writesOnlyItsOwnFileAndReplacesWhatWentStale() throws Exception {
        Path file = dir.resolve("muster/known_hosts");
        KnownHostsStore store = new KnownHostsStore(file);
        store.trust(KnownHosts.offered("[dev]:2222", other));
        Files.writeString(
                file, Files.readString(file) + "# mine\n@revoked [dev]:2222 ssh-rsa AAAA\n");
        store.trust(KnownHosts.offered("laptop", key));
        store.trust(KnownHosts.offered("[dev]:2222", key));
        store.trust(KnownHosts.offered("[dev]:2222", key));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "# mine",
                        "@revoked [dev]:2222 ssh-rsa AAAA",
                        line("laptop", key),
                        line("[dev]:2222", key));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(each -> each.equals(file));
    }

    @Test
    void writesNoLineThatIsAboutSomethingElse() {
        KnownHostsStore store = new KnownHostsStore(dir.resolve("known_hosts"));
        for (String line :
                List.of("* ssh-rsa AAAA", "dev ssh-rsa AAAA\n* ssh-rsa BBBB", "nonsense")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> store.trust(new OfferedKey("dev", "ssh-rsa", "SHA256:x", line)));
        }
    }

    private static String line(String address, PublicKey of) {
        return KnownHosts.offered(address, of).line();
    }

    private static KnownHosts known(String... lines) {
        return new KnownHosts(KnownHosts.parse("file", List.of(lines)));
    }
}
