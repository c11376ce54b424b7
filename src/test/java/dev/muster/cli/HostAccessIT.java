package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.DoctorReport;
import dev.muster.api.HostKey;
import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.api.TrustRequest;
import dev.muster.api.UnlockRequest;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.client.Token;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import dev.muster.web.ServiceFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
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

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @TempDir Path dir;

    private Path hostsFile;
    private String hostsBefore;
    private TestSshd sshd;
    private ServiceClient client;
    private CliRun cli;

    @BeforeEach
    void open() throws Exception {
        sshd =
                TestSshd.in(dir.resolve("sshd"))
                        .home(TestHome.in(dir, "home").file("api/README", "hello\n"))
                        .start();
        hostsFile = ServiceFixture.config().resolve("hosts.yaml");
        hostsBefore = Files.readString(hostsFile);
        ServiceAddress address = ServiceAddress.named("http://127.0.0.1:" + port);
        Optional<String> token = Optional.of(ServiceFixture.token());
        client = new ServiceClient(address, new Token(token, dir.resolve("none")));
        cli = new CliRun(dir.resolve("me"), address.base());
        cli.env.put("MUSTER_TOKEN", token.get());
        cli.env.put("MUSTER_HOSTS", hostsFile.toString());
    }

    @AfterEach
    void close() throws Exception {
        try (TestSshd _ = sshd) {
            hosts(hostsBefore);
            Awaitility.await("the service reads its hosts as before")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    board("").path("hosts").findValuesAsText("name").stream()
                                            .noneMatch(this::isOurs));
        }
    }

    private boolean isOurs(String name) {
        // Its rows stay, as it left hosts.yaml, until it is forgotten.
        if (name.equals("far")) {
            cli.run("forget", "far");
        }
        return name.equals("far");
    }

    @Test
    void trustsTheKeyThatAPersonComparedAndNoOther() throws Exception {
        addHost(sshd.clientKey(), Files.createFile(dir.resolve("known_hosts")));
        awaitState("host-key-unknown");
        HostKey key = client.get("hosts/far/key", HostKey.class);
        assertThat(key.state()).isEqualTo("unknown");
        String fingerprint = key.fingerprints().getFirst();
        assertThat(fingerprint).isIn(fingerprints());

        CliRun.Result wrong = cli.run("hosts", "trust", "far", "--fingerprint", WRONG);
        assertThat(wrong.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(wrong.err()).contains(fingerprint).contains("not " + WRONG);
        assertThat(refusal("hosts/far/trust", new TrustRequest(WRONG)).code())
                .isEqualTo(Problem.Code.NOT_ALLOWED);
        CliRun.Result nobody = cli.run("hosts", "trust", "far");
        assertThat(nobody.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(nobody.err()).contains("no terminal").contains(fingerprint);
        assertThat(state()).isEqualTo("host-key-unknown");

        CliRun.Result right = cli.run("hosts", "trust", "far", "--fingerprint", fingerprint);
        assertThat(right.status()).as(right.err()).isZero();
        assertThat(right.out()).contains("far is online");
        assertThat(Files.size(dir.resolve("known_hosts"))).isZero();
        assertThat(cli.run("hosts", "trust", "far").out()).contains("known already");
    }

    @Test
    void replacesAChangedKeyOnlyAtAWordOfItsOwn() throws Exception {
        addHost(sshd.clientKey(), Files.createFile(dir.resolve("known_hosts")));
        awaitState("host-key-unknown");
        assertThat(cli.onTerminal().typing("yes\n").run("hosts", "trust", "far").status()).isZero();
        awaitState("online");

        sshd.restartWithNewKeys();
        awaitState("host-key-changed");
        CliRun.Result habit = cli.typing("yes\n").run("hosts", "trust", "far");
        assertThat(habit.status()).isEqualTo(ExitCode.NOT_ALLOWED.status());
        assertThat(habit.err()).contains("NOT the one that is known");
        assertThat(state()).isEqualTo("host-key-changed");

        CliRun.Result meant = cli.typing("replace\n").run("hosts", "trust", "far");
        assertThat(meant.out()).as(meant.err()).contains("far is online");
    }

    @Test
    void opensAnEncryptedKeyWithItsPassphraseAndSaysSoOfAWrongOne() throws Exception {
        Path key = dir.resolve("locked key");
        TestSshd.keygen(key, "ed25519", "open sesame é");
        sshd.authorize(dir.resolve("locked key.pub"));
        addHost(key, sshd.reach().knownHosts().orElseThrow());
        awaitState("locked");
        HostLock lock = client.get("hosts/far/lock", HostLock.class);
        assertThat(lock.kind()).isEqualTo("passphrase");
        assertThat(lock.detail()).contains(key.toString()).contains("muster unlock far");

        CliRun.Result wrong = cli.typing("open barley\n").run("unlock", "far");
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

        CliRun.Result right = cli.typing("open sesame é\n").run("unlock", "far");
        assertThat(right.status()).as(right.err()).isZero();
        assertThat(right.out()).contains("far is online").doesNotContain("sesame");
        assertThat(cli.run("unlock", "far").out()).contains("waits for no secret");
    }

    @Test
    void examinesAHostOverSshAndOneThatCannotBeReached() throws Exception {
        addHost(sshd.clientKey(), sshd.reach().knownHosts().orElseThrow());
        awaitState("online");
        DoctorReport report = client.get("hosts/far/doctor", DoctorReport.class);
        assertThat(report.host()).isEqualTo("far");
        assertThat(check(report, "reachable").state()).isEqualTo("ok");
        assertThat(check(report, "host-key").detail()).contains("SHA256:");
        assertThat(check(report, "git").state()).isEqualTo("ok");
        // A folder that is no repository.
        assertThat(check(report, "repo:api"))
                .satisfies(c -> assertThat(c.state()).isEqualTo("missing"))
                .satisfies(c -> assertThat(c.fix()).isNotBlank());
        assertThat(cli.run("doctor", "far").out()).contains("repo:api").contains("missing");

        sshd.stop();
        awaitState("offline");
        DoctorReport gone = client.get("hosts/far/doctor", DoctorReport.class);
        assertThat(check(gone, "reachable").state()).isEqualTo("missing");
        assertThat(check(gone, "git").state()).isEqualTo("unknown");

        ProblemException none =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> client.get("hosts/nowhere/doctor", DoctorReport.class));
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
                        ProblemException.class, () -> client.post(path, body, Outcome.class))
                .problem();
    }

    private List<String> fingerprints() throws Exception {
        List<String> all = new java.util.ArrayList<>();
        for (String type : List.of("rsa", "ecdsa", "ed25519")) {
            Process keygen =
                    new ProcessBuilder("ssh-keygen", "-lf", sshd.hostKeyFile(type) + ".pub")
                            .start();
            String said = new String(keygen.getInputStream().readAllBytes());
            String kind = Files.readString(Path.of(sshd.hostKeyFile(type) + ".pub")).split(" ")[0];
            all.add(kind + " " + said.split(" ")[1]);
        }
        return all;
    }

    private void addHost(Path key, Path knownHosts) throws IOException {
        hosts(
                hostsBefore
                        + """
                          far:
                            ssh: %s@127.0.0.1:%d
                            identity: %s
                            knownHosts: %s
                            repos: { api: { path: ~/api } }
                        """
                                .formatted(
                                        System.getProperty("user.name"),
                                        sshd.port(),
                                        key,
                                        knownHosts));
    }

    private void hosts(String text) throws IOException {
        Path whole = Files.writeString(hostsFile.resolveSibling("hosts.new"), text);
        Files.move(whole, hostsFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitState(String state) {
        Awaitility.await("far is " + state)
                .atMost(Duration.ofSeconds(45))
                .until(() -> state().equals(state));
    }

    private String state() throws IOException, ProblemException {
        for (JsonNode host : board("?limit=0").path("hosts")) {
            if (host.path("name").asText().equals("far")) {
                return host.path("state").asText();
            }
        }
        return "not on the board";
    }

    private JsonNode board(String query) throws IOException, ProblemException {
        return Json.read(client.text("board" + query), JsonNode.class);
    }
}
