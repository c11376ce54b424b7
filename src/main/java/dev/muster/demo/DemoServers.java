package dev.muster.demo;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkSettings;
import dev.muster.link.LinkTimings;
import dev.muster.link.Links;
import dev.muster.link.RunResult;
import dev.muster.shell.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Starts the SSH servers of the hosts: OpenSSH's where it is installed and lets us in, else our
/// own. A system may have it and still refuse: a locked account, a login shell of `nologin`.
final class DemoServers {
    private static final LinkTimings TIMINGS =
            new LinkTimings(
                    Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(10), 3);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final DemoEnvironment env;
    private final Optional<Path> sshd;

    DemoServers(DemoEnvironment env, boolean openSsh) {
        this.env = env;
        this.sshd = openSsh ? OpenSshServer.installed(env.user()) : Optional.empty();
    }

    /// Starts the server of a host, whose home is there already.
    DemoServer start(String host) throws IOException, InterruptedException {
        Path dir = Files.createDirectories(env.folder().server(host));
        DemoKeys keys = DemoKeys.make();
        keys.write(dir);
        if (sshd.isPresent()) {
            Optional<DemoServer> server = openSsh(sshd.get(), host, dir, keys);
            if (server.isPresent()) {
                return server.get();
            }
        }
        BuiltInServer server = BuiltInServer.start(keys, env.host(host), env.folder().home(host));
        keys.writeKnownHosts(dir.resolve("known_hosts"), server.port());
        return server;
    }

    private Optional<DemoServer> openSsh(Path program, String host, Path dir, DemoKeys keys)
            throws IOException, InterruptedException {
        OpenSshServer server;
        try {
            server = OpenSshServer.start(program, dir, env.host(host));
        } catch (IOException e) {
            Files.writeString(dir.resolve("refused"), e + "\n");
            return Optional.empty();
        }
        keys.writeKnownHosts(dir.resolve("known_hosts"), server.port());
        try {
            signIn(host, server, dir);
            return Optional.of(server);
        } catch (LinkException | IOException e) {
            Files.writeString(dir.resolve("refused"), e + "\n");
            server.close();
            return Optional.empty();
        }
    }

    private void signIn(String name, DemoServer server, Path dir)
            throws LinkException, IOException, InterruptedException {
        Reach reach =
                new Reach.Ssh(
                        "127.0.0.1",
                        Optional.of(server.user()),
                        OptionalInt.of(server.port()),
                        Optional.empty(),
                        Optional.of(dir.resolve("client_key")),
                        Optional.of(dir.resolve("known_hosts")));
        Host host =
                new Host(
                        name,
                        reach,
                        Map.of(),
                        false,
                        "demo",
                        Map.of(),
                        Map.of(),
                        new LinkedHashMap<>());
        LinkSettings settings =
                LinkSettings.of(
                        env.folder().control(), dir.resolve("accepted"), env.control(), TIMINGS);
        Script home = new Script("home", "printf %s \"$HOME\"", List.of(), new byte[0]);
        try (Links links = new Links(settings, _ -> Optional.empty());
                Link link = links.connect(host)) {
            RunResult result = link.run(home, ANSWER);
            if (!result.outText().equals(env.folder().home(name).toString())) {
                throw new IOException("it gives the home " + result.outText());
            }
        }
    }
}
