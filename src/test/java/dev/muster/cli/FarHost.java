package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.client.Token;
import dev.muster.fleet.TestTmux;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import dev.muster.web.ServiceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A host `far` with a real OpenSSH server, added to the hosts of the service under test as all of
/// the group `distant`, and what talks to that service: the command line and a client. Closing it
/// takes the host away again.
final class FarHost implements AutoCloseable {
    private final Path dir;
    final TestSshd sshd;
    final ServiceClient client;
    final CliRun cli;
    private final String hostsBefore;

    FarHost(Path dir, int port) throws IOException, InterruptedException {
        this(
                dir,
                port,
                TestSshd.in(dir.resolve("sshd"))
                        .home(TestHome.in(dir, "home").file("api/README", "hello\n")));
    }

    FarHost(Path dir, int port, TestSshd.Builder server) throws IOException, InterruptedException {
        this.dir = dir;
        sshd = server.start();
        hostsBefore = Files.readString(ServiceFixture.hostsFile());
        ServiceAddress address = ServiceAddress.named("http://127.0.0.1:" + port);
        Optional<String> token = Optional.of(ServiceFixture.token());
        client = new ServiceClient(address, new Token(token, dir.resolve("none")));
        cli = new CliRun(dir.resolve("me"), address.base());
        cli.env.put("MUSTER_TOKEN", token.get());
        cli.env.put("MUSTER_HOSTS", ServiceFixture.hostsFile().toString());
    }

    /// Makes a folder of its home a repo with one commit.
    Path repo(String name) throws IOException, InterruptedException {
        Path repo = sshd.home().path().resolve(name);
        git(repo, "init", "-q", "-b", "main");
        git(repo, "add", ".");
        git(repo, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "first");
        return repo;
    }

    static void git(Path repo, String... args) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git", "-C", repo.toString()), Stream.of(args)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("HOME", repo.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        if (builder.start().waitFor() != 0) {
            throw new IOException(command + " failed");
        }
    }

    /// Adds it, all its keys known, and waits until it is online.
    void online(String repos) throws IOException {
        add(sshd.clientKey(), sshd.reach().knownHosts().orElseThrow(), repos);
        awaitState("online");
    }

    void add(Path key, Path knownHosts, String repos) throws IOException {
        add("identity: " + key, knownHosts, repos);
    }

    /// Adds it without any key of the user's.
    void addWithoutKey(Path knownHosts, String repos) throws IOException {
        add("labels: {}", knownHosts, repos);
    }

    private void add(String identity, Path knownHosts, String repos) throws IOException {
        String far =
                """
                  far:
                    ssh: %s@127.0.0.1:%d
                    %s
                    knownHosts: %s
                    repos: { %s }
                groups: { distant: [far] }
                """;
        ServiceFixture.hosts(
                hostsBefore
                        + far.formatted(sshd.login(), sshd.port(), identity, knownHosts, repos));
    }

    void awaitState(String state) {
        Awaitility.await("far is " + state)
                // One that was away is tried again after half a minute at most.
                .atMost(Duration.ofSeconds(90))
                .until(() -> state().equals(state));
    }

    String state() throws IOException, ProblemException {
        for (JsonNode host : board().path("hosts")) {
            if (host.path("name").asText().equals("far")) {
                return host.path("state").asText();
            }
        }
        return "gone";
    }

    JsonNode board() throws IOException, ProblemException {
        return Json.read(client.text("board"), JsonNode.class);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (TestSshd _ = sshd) {
            TestTmux.killAll(dir);
            ServiceFixture.hosts(hostsBefore);
            Awaitility.await("the service has forgotten far")
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                // Its rows stay, as it left hosts.yaml, until then.
                                cli.run("forget", "far");
                                return state().equals("gone");
                            });
        }
    }
}
