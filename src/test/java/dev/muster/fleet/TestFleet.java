package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.host.AgentSpec;
import dev.muster.host.Folders;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Reach;
import dev.muster.host.Repo;
import dev.muster.link.Connector;
import dev.muster.link.LinkSettings;
import dev.muster.link.Links;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/// A fleet over real hosts in a folder: homes, repos, database and all. Closing it ends the tmux
/// servers that it started, unless told to keep them.
public final class TestFleet implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path folder;
    private final Fleet fleet;
    private final SessionActions actions;
    private final Connector connector;
    private final TestDatabase database;
    private boolean keepTmux;

    private TestFleet(Path folder, Connector connector, Hosts hosts) {
        this.folder = folder;
        this.connector = connector;
        this.database = TestDatabase.sqlite(folder.resolve("muster.db"));
        Identity identity =
                new Identity("testservice", Folders.of(Map.of(), folder), Instant.now());
        this.fleet = new Fleet(database.memory(), connector, identity, Clock.systemUTC());
        this.actions = new SessionActions(fleet);
        fleet.remember();
        fleet.apply(hosts);
    }

    /// This machine as host `laptop`, with a home and a repo `api` of its own.
    public static TestFleet local(Path folder) throws IOException, InterruptedException {
        Path home = home(folder, "laptop");
        Host host =
                new Host(
                        "laptop",
                        new Reach.Local(Optional.of(home)),
                        Map.of(),
                        false,
                        "sh",
                        Map.of("sh", shell()),
                        Map.of(),
                        new LinkedHashMap<>(Map.of("api", repo("api", home))));
        return new TestFleet(
                folder,
                new Links(LinkSettings.standard(Folders.of(Map.of(), folder))),
                new Hosts(new LinkedHashMap<>(Map.of("laptop", host)), Map.of(), Map.of()));
    }

    /// An agent that runs its prompt's script: `sh -c SCRIPT agent PROMPT`.
    private static AgentSpec shell() {
        return new AgentSpec(
                "sh",
                "command",
                "/bin/sh",
                List.of("-c"),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Repo repo(String name, Path home) throws IOException, InterruptedException {
        Path path = home.resolve(name);
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            git(home, path, "init", "-q", "-b", "main");
            Files.writeString(path.resolve("README"), "hello\n");
            git(home, path, "add", ".");
            git(
                    home,
                    path,
                    "-c",
                    "user.name=t",
                    "-c",
                    "user.email=t@example.com",
                    "commit",
                    "-qm",
                    "first");
        }
        return new Repo(
                name,
                path.toString(),
                Optional.of("main"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false);
    }

    private static void git(Path home, Path dir, String... args)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile()).inheritIO();
        builder.environment().put("HOME", home.toString());
        assertThat(builder.start().waitFor()).isZero();
    }

    private static Path home(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve("homes").resolve(name));
    }

    public SessionId start(String host, String repo, String name, String script, String prompt)
            throws Exception {
        SessionId id = new SessionId(Ulid.next());
        actions.start(
                new StartAsk(
                        id,
                        host,
                        repo,
                        name,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        Map.of(),
                        List.of(script, "agent"),
                        true,
                        prompt));
        return id;
    }

    public void awaitOnline(String host) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(fleet.board().now().host(host).orElseThrow().status())
                                        .matches(HostStatus::online));
    }

    public void await(SessionId id, Class<? extends State> state) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(board().session(id).map(Session::state).orElse(null))
                                        .isInstanceOf(state));
    }

    public FleetBoard board() {
        return fleet.board().now();
    }

    public Session session(SessionId id) {
        return board().session(id).orElseThrow();
    }

    public Fleet fleet() {
        return fleet;
    }

    public SessionActions actions() {
        return actions;
    }

    public Path worktree(String repo, String name) {
        return folder.resolve("homes/laptop").resolve(repo + ".worktrees").resolve(name);
    }

    /// Leaves the sessions running when this fleet closes.
    public void keepTmux() {
        keepTmux = true;
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        connector.close();
        database.close();
        if (!keepTmux) {
            TestTmux.killAll(folder.resolve("homes"));
        }
    }
}
