package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.api.DoctorReport;
import dev.muster.api.HostKey;
import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.api.TrustRequest;
import dev.muster.api.UnlockRequest;
import dev.muster.cli.client.ProblemException;
import dev.muster.testing.TestSshd;
import dev.muster.testing.TestUser;
import dev.muster.web.ServiceFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person gives a host, by the command line and by the API of a real service, to a real
/// OpenSSH server.
@QuarkusTest
@QuarkusTestResource(ServiceFixture.class)
class HostAccessIT {
    private static final String WRONG = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final String API = "api: { path: ~/api }";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @TempDir Path dir;
    private FarHost far;

    @BeforeEach
    void open() throws Exception {
        far = new FarHost(dir, port);
    }

    @AfterEach
    void close() throws Exception {
        far.close();
    }

    @Test
    void trustsTheKeyThatAPersonComparedAndNoOther() throws Exception {
        far.add(far.sshd.clientKey(), Files.createFile(dir.resolve("known_hosts")), API);
        far.awaitState("host-key-unknown");
        HostKey key = far.client.get("hosts/far/key", HostKey.class);
        assertThat(key.state()).isEqualTo("unknown");
        String fingerprint = key.fingerprints().getFirst();
        assertThat(fingerprint).isIn(fingerprints());

        CliRun.Result wrong = far.cli.run("hosts", "trust", "far", "--fingerprint", WRONG);
        assertThat(wrong.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(wrong.err()).contains(fingerprint).contains("not " + WRONG);
        assertThat(refusal("hosts/far/trust", new TrustRequest(WRONG)).code())
                .isEqualTo(Problem.Code.NOT_ALLOWED);
        CliRun.Result nobody = far.cli.run("hosts", "trust", "far");
        assertThat(nobody.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(nobody.err()).contains("no terminal").contains(fingerprint);
        assertThat(far.state()).isEqualTo("host-key-unknown");

        CliRun.Result right = far.cli.run("hosts", "trust", "far", "--fingerprint", fingerprint);
        assertThat(right.status()).as(right.err()).isZero();
        assertThat(right.out()).contains("far is online");
        assertThat(Files.size(dir.resolve("known_hosts"))).isZero();
        assertThat(far.cli.run("hosts", "trust", "far").out()).contains("known already");
    }

    @Test
    void replacesAChangedKeyOnlyAtAWordOfItsOwn() throws Exception {
        far.add(far.sshd.clientKey(), Files.createFile(dir.resolve("known_hosts")), API);
        far.awaitState("host-key-unknown");
        assertThat(far.cli.onTerminal().typing("yes\n").run("hosts", "trust", "far").status())
                .isZero();
        far.awaitState("online");

        far.sshd.restartWithNewKeys();
        far.awaitState("host-key-changed");
        CliRun.Result habit = far.cli.typing("yes\n").run("hosts", "trust", "far");
        assertThat(habit.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(habit.err()).contains("NOT the one that is known");
        assertThat(far.state()).isEqualTo("host-key-changed");

        CliRun.Result meant = far.cli.typing("replace\n").run("hosts", "trust", "far");
        assertThat(meant.out()).as(meant.err()).contains("far is online");
    }

    @Test
    void neverTrustsARevokedKey() throws Exception {
        List<String> revoked =
                far.sshd.knownHostsLines().stream().map(line -> "@revoked " + line).toList();
        far.add(far.sshd.clientKey(), Files.write(dir.resolve("known_hosts"), revoked), API);
        far.awaitState("host-key-changed");
        HostKey key = far.client.get("hosts/far/key", HostKey.class);
        assertThat(key.expected()).isEmpty();

        Problem refusal =
                refusal("hosts/far/trust", new TrustRequest(key.fingerprints().getFirst()));

        assertThat(refusal.code()).isEqualTo(Problem.Code.NOT_ALLOWED);
        assertThat(refusal.detail()).contains("is revoked");
        assertThat(far.state()).isEqualTo("host-key-changed");
    }

    @Test
    void opensAnEncryptedKeyWithItsPassphraseAndSaysSoOfAWrongOne() throws Exception {
        Path key = dir.resolve("locked key");
        TestSshd.keygen(key, "ed25519", "open sesame é");
        far.sshd.authorize(dir.resolve("locked key.pub"));
        far.add(key, far.sshd.reach().knownHosts().orElseThrow(), API);
        far.awaitState("locked");
        HostLock lock = far.client.get("hosts/far/lock", HostLock.class);
        assertThat(lock.kind()).isEqualTo("passphrase");
        assertThat(lock.detail()).contains(key.toString()).contains("muster unlock far");

        CliRun.Result wrong = far.cli.typing("open barley\n").run("unlock", "far");
        assertThat(wrong.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(wrong.err())
                .contains("the passphrase given for far does not open")
                .contains(key.toString())
                .doesNotContain("barley");
        Problem again = refusal("hosts/far/unlock", new UnlockRequest(null, "open barley"));
        assertThat(again.code()).isEqualTo(Problem.Code.NOT_ALLOWED);
        assertThat(again.detail()).contains("does not open");
        assertThat(refusal("hosts/far/unlock", new UnlockRequest("key", "x")).code())
                .isEqualTo(Problem.Code.USAGE);

        CliRun.Result right = far.cli.typing("open sesame é\n").run("unlock", "far");
        assertThat(right.status()).as(right.err()).isZero();
        assertThat(right.out()).contains("far is online").doesNotContain("sesame");
        assertThat(far.cli.run("unlock", "far").out()).contains("waits for no secret");
    }

    @Test
    void asksForAPasswordByItselfWhereTheHostWantsOne() throws Exception {
        try (TestUser user = TestUser.make();
                FarHost house =
                        new FarHost(
                                Files.createDirectory(dir.resolve("plain")),
                                port,
                                TestSshd.in(dir.resolve("plain"))
                                        .user(user)
                                        .option("PasswordAuthentication yes"))) {
            house.addWithoutKey(house.sshd.reach().knownHosts().orElseThrow(), API);
            house.awaitState("locked");
            assertThat(house.client.get("hosts/far/lock", HostLock.class).kind())
                    .isEqualTo("password");

            // It would take one as well where it took no key.
            Path stranger = dir.resolve("stranger");
            TestSshd.keygen(stranger, "ed25519", "");
            house.add(stranger, house.sshd.reach().knownHosts().orElseThrow(), API);
            house.awaitState("auth-failed");
            assertThat(house.client.get("hosts/far/lock", HostLock.class).kind())
                    .isEqualTo("password");
            assertThat(house.cli.run("status").out()).contains("muster unlock far");

            CliRun.Result wrong = house.cli.typing("wrong\n").run("unlock", "far");
            assertThat(wrong.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
            assertThat(wrong.err()).contains("refused the password that was given");

            CliRun.Result right = house.cli.typing(user.password() + "\n").run("unlock", "far");
            assertThat(right.status()).as(right.err()).isZero();
            assertThat(right.out()).contains("far is online");
        }
    }

    @Test
    void examinesAHostOverSshAndOneThatCannotBeReached() throws Exception {
        far.add(far.sshd.clientKey(), far.sshd.reach().knownHosts().orElseThrow(), API);
        far.awaitState("online");
        DoctorReport report = far.client.get("hosts/far/doctor", DoctorReport.class);
        assertThat(report.host()).isEqualTo("far");
        assertThat(check(report, "reachable").state()).isEqualTo("ok");
        assertThat(check(report, "host-key").detail()).contains("SHA256:");
        assertThat(check(report, "git").state()).isEqualTo("ok");
        // A folder that is no repository.
        assertThat(check(report, "repo:api"))
                .satisfies(c -> assertThat(c.state()).isEqualTo("missing"))
                .satisfies(c -> assertThat(c.fix()).isNotBlank());
        assertThat(far.cli.run("doctor", "far").out()).contains("repo:api").contains("missing");

        far.sshd.stop();
        far.awaitState("offline");
        DoctorReport gone = far.client.get("hosts/far/doctor", DoctorReport.class);
        assertThat(check(gone, "reachable").state()).isEqualTo("missing");
        assertThat(check(gone, "git").state()).isEqualTo("unknown");

        ProblemException none =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> far.client.get("hosts/nowhere/doctor", DoctorReport.class));
        assertThat(none.problem().code()).isEqualTo(Problem.Code.NOT_FOUND);
    }

    private static DoctorReport.Check check(DoctorReport report, String what) {
        return report.checks().stream()
                .filter(c -> c.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + what + " in " + report));
    }

    private Problem refusal(String path, Object body) {
        return catchThrowableOfType(
                        ProblemException.class, () -> far.client.post(path, body, Outcome.class))
                .problem();
    }

    private List<String> fingerprints() throws Exception {
        List<String> all = new java.util.ArrayList<>();
        for (String type : List.of("rsa", "ecdsa", "ed25519")) {
            Process keygen =
                    new ProcessBuilder("ssh-keygen", "-lf", far.sshd.hostKeyFile(type) + ".pub")
                            .start();
            String said = new String(keygen.getInputStream().readAllBytes());
            String kind =
                    Files.readString(Path.of(far.sshd.hostKeyFile(type) + ".pub")).split(" ")[0];
            all.add(kind + " " + said.split(" ")[1]);
        }
        return all;
    }
}
