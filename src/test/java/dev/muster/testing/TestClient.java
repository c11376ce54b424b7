package dev.muster.testing;

import dev.muster.host.Host;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkSettings;
import dev.muster.link.LinkTimings;
import dev.muster.link.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The service's side of a link, with a HOME of its own: the user's `~/.ssh` and agent are never
/// looked at.
public final class TestClient implements AutoCloseable {
    /// Sees a dead host within about two seconds.
    public static final LinkTimings QUICK =
            new LinkTimings(
                    Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMillis(500), 3);

    /// Beats as often, for a connection that is to stay: a server that is not scheduled for two
    /// seconds is not dead.
    public static final LinkTimings PATIENT =
            new LinkTimings(
                    Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(500), 40);

    private final Path home;
    private final Map<String, Host> hosts = new HashMap<>();
    private final Links links;

    private TestClient(Path home, Map<String, String> env, LinkTimings timings) {
        this.home = home;
        this.links =
                new Links(
                        LinkSettings.of(home, home.resolve("muster/known_hosts"), env, timings),
                        name -> Optional.ofNullable(hosts.get(name)));
    }

    public static TestClient in(Path dir) throws IOException {
        return in(dir, LinkTimings.STANDARD);
    }

    public static TestClient in(Path dir, LinkTimings timings) throws IOException {
        return in(dir, Map.of(), timings);
    }

    /// @param env over a plain PATH: `SSH_AUTH_SOCK`, …
    public static TestClient in(Path dir, Map<String, String> env, LinkTimings timings)
            throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(dir), "client");
        Map<String, String> all = new HashMap<>(env);
        all.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        all.putIfAbsent("HOME", home.toString());
        return new TestClient(home, Map.copyOf(all), timings);
    }

    /// The HOME of the service's side.
    public Path home() {
        return home;
    }

    public Links links() {
        return links;
    }

    /// Writes `~/.ssh/config`.
    public TestClient config(String text) throws IOException {
        return ssh("config", text);
    }

    /// Writes a file of `~/.ssh`.
    public TestClient ssh(String name, String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    /// Writes `~/.ssh/known_hosts`.
    public TestClient knows(List<String> lines) throws IOException {
        return ssh("known_hosts", String.join("\n", lines) + "\n");
    }

    /// Puts a host into the `hosts.yaml` that jumps are looked up in.
    public TestClient add(Host host) {
        hosts.put(host.name(), host);
        return this;
    }

    public Link connect(Host host) throws LinkException, InterruptedException {
        return links.connect(host);
    }

    @Override
    public void close() {
        links.close();
    }
}
