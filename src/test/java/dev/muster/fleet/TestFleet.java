package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.host.AgentSpec;
import dev.muster.host.Folders;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Notices;
import dev.muster.host.Reach;
import dev.muster.host.Repo;
import dev.muster.host.Rules;
import dev.muster.host.Tokens;
import dev.muster.link.LinkSettings;
import dev.muster.link.LinkTimings;
import dev.muster.link.Links;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.store.TestDatabase;
import dev.muster.testing.FaultyWire;
import dev.muster.testing.Leftovers;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A fleet over real hosts in a folder: homes, repos, database and all. Closing it ends the tmux
/// servers that it started, unless told to keep them.
public final class TestFleet implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    /// A machine that stands still for a moment is no host that is gone: nothing is given up soon.
    private static final LinkTimings PATIENT =
            new LinkTimings(LONG, LONG, Duration.ofSeconds(10), 6);

    /// For hosts that do fall silent: sees one within about five seconds.
    static final LinkTimings ALERT = new LinkTimings(LONG, LONG, Duration.ofSeconds(1), 4);

    private static final String SERVICE = "testservice";

    private final Path folder;
    private final Hosts hosts;
    private final Fleet fleet;
    private final SessionStarts starts;
    private final SessionEnds ends;
    private final SessionTerminals terminals;
    private final Links links;
    private final TestDatabase database;
    private boolean keepTmux;

    /// Of a fleet over one SSH host.
    private @Nullable TestSshd sshd;

    private TestFleet(Path folder, Links links, Hosts hosts, String service, JournalLimits limits) {
        this.hosts = hosts;
        this.folder = folder;
        this.links = links;
        this.database = TestDatabase.sqlite(folder.resolve(service + ".db"));
        Identity identity = new Identity(service, Folders.of(Map.of(), folder), Instant.now());
        this.fleet = new Fleet(database.memory(), links, identity, limits, Clock.systemUTC());
        this.starts = new SessionStarts(fleet);
        this.ends = new SessionEnds(fleet);
        this.terminals = new SessionTerminals(fleet);
        fleet.remember();
        fleet.apply(hosts);
    }

    /// This machine as host `laptop`, with a home and a repo `api` of its own, online.
    public static TestFleet local(Path folder) throws IOException, InterruptedException {
        return in(folder).local("laptop").start().online();
    }

    /// One host `dev-1` with an OpenSSH server of its own, online.
    public static TestFleet overSsh(Path folder) throws IOException, InterruptedException {
        return overSsh(folder, server -> server);
    }

    /// @param how the server is to be
    public static TestFleet overSsh(Path folder, UnaryOperator<TestSshd.Builder> how)
            throws IOException, InterruptedException {
        TestSshd sshd = how.apply(TestSshd.in(folder.resolve("sshd"))).start();
        TestFleet fleet = in(folder).ssh("dev-1", sshd).start();
        fleet.sshd = sshd;
        return fleet.online();
    }

    public static Builder in(Path folder) throws IOException {
        return new Builder(folder);
    }

    /// Hosts with a repo `api` each, then the fleet over them.
    public static final class Builder {
        private final Path folder;
        private final LinkedHashMap<String, Host> hosts = new LinkedHashMap<>();
        private LinkTimings timings = PATIENT;
        private String repoFolder = "api";
        private Rules rules = Rules.NONE;
        private JournalLimits limits = JournalLimits.STANDARD;
        private String service = SERVICE;
        private AgentSpec agent = shell();
        private boolean trust;

        private Builder(Path folder) {
            this.folder = folder;
        }

        public Builder timings(LinkTimings chosen) {
            timings = chosen;
            return this;
        }

        /// Another service on the same hosts, with a database of its own.
        public Builder service(String id) {
            service = id;
            return this;
        }

        public Builder limits(JournalLimits chosen) {
            limits = chosen;
            return this;
        }

        /// The folder of the repo `api`, below the home; of any name. For hosts added later.
        public Builder repoFolder(String name) {
            repoFolder = name;
            return this;
        }

        public Builder rules(Rules chosen) {
            rules = chosen;
            return this;
        }

        /// The agent of hosts added later, in place of a shell.
        public Builder agent(AgentSpec chosen) {
            agent = chosen;
            return this;
        }

        /// Whether hosts added later let Muster answer an agent's question whether to trust.
        public Builder trust(boolean chosen) {
            trust = chosen;
            return this;
        }

        public Builder local(String name) throws IOException, InterruptedException {
            return localIn(name, name);
        }

        /// This machine with a home in a folder of any name.
        public Builder localIn(String name, String homeFolder)
                throws IOException, InterruptedException {
            Path home = Files.createDirectories(folder.resolve("homes").resolve(homeFolder));
            hosts.put(name, host(name, new Reach.Local(Optional.of(home)), home));
            return this;
        }

        public Builder ssh(String name, TestSshd sshd) throws IOException, InterruptedException {
            hosts.put(name, host(name, sshd.reach(), sshd.home().path()));
            return this;
        }

        /// A server that is reached over a wire of the test's.
        public Builder ssh(String name, TestSshd sshd, FaultyWire wire)
                throws IOException, InterruptedException {
            hosts.put(name, host(name, sshd.reach(wire.port()), sshd.home().path()));
            return this;
        }

        private Host host(String name, Reach reach, Path home)
                throws IOException, InterruptedException {
            return new Host(
                    name,
                    reach,
                    Map.of(),
                    false,
                    agent.name(),
                    Map.of(agent.name(), agent),
                    Map.of(),
                    new LinkedHashMap<>(Map.of("api", repo("api", home, repoFolder, trust))));
        }

        public TestFleet start() throws IOException {
            Path client = Files.createDirectories(folder.resolve("client"));
            Links links =
                    new Links(
                            LinkSettings.of(
                                    client,
                                    client.resolve("known_hosts"),
                                    Map.of("PATH", System.getenv("PATH")),
                                    timings),
                            name -> Optional.ofNullable(hosts.get(name)));
            return new TestFleet(
                    folder,
                    links,
                    new Hosts(hosts, Map.of(), Map.of(), rules, Notices.NONE, Tokens.NONE),
                    service,
                    limits);
        }
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
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Repo repo(String name, Path home, String repoFolder, boolean trust)
            throws IOException, InterruptedException {
        Path path = makeRepo(home, repoFolder);
        return new Repo(
                name,
                path.toString(),
                Optional.of("main"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                trust);
    }

    /// A repo with one commit below a home, unless it is there.
    public static Path makeRepo(Path home, String repoFolder)
            throws IOException, InterruptedException {
        Path path = home.resolve(repoFolder);
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
        return path;
    }

    private static void git(Path home, Path dir, String... args)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile()).inheritIO();
        builder.environment().put("HOME", home.toString());
        assertThat(builder.start().waitFor()).isZero();
    }

    public SessionId start(String host, String repo, String name, String script, String prompt)
            throws Exception {
        return start(host, repo, name, null, script, prompt);
    }

    /// Starts from a base of the caller's choice.
    public SessionId startFrom(String base, String host, String name) throws Exception {
        return start(host, "api", name, base, "exit 0", "");
    }

    private SessionId start(
            String host,
            String repo,
            String name,
            @Nullable String base,
            String script,
            String prompt)
            throws Exception {
        SessionId id = new SessionId(Ulid.next());
        starts.start(
                new StartAsk(
                        id,
                        host,
                        repo,
                        name,
                        null,
                        base,
                        null,
                        null,
                        null,
                        Map.of(),
                        Map.of(),
                        List.of(script, "agent"),
                        true,
                        prompt,
                        null));
        return id;
    }

    TestFleet online() {
        hosts.hosts().keySet().forEach(this::awaitOnline);
        return this;
    }

    /// The server of the one host of a fleet that was made over SSH.
    public TestSshd sshd() {
        return Objects.requireNonNull(sshd);
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

    /// How a host is when it comes into that state, however soon it leaves it again. To be asked
    /// for before what brings it there.
    CompletableFuture<HostStatus> becomes(String host, HostState state) {
        CompletableFuture<HostStatus> seen = new CompletableFuture<>();
        Runnable stop =
                fleet.board()
                        .listen(
                                () -> {
                                    HostStatus now = host(host);
                                    if (now.state() == state) {
                                        seen.complete(now);
                                    }
                                });
        seen.thenRun(stop);
        return seen;
    }

    public void awaitHost(String host, HostState state) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(host(host).state()).isEqualTo(state));
    }

    public HostStatus host(String name) {
        return board().host(name).orElseThrow().status();
    }

    /// The kinds of a session's events, in order.
    public List<String> history(SessionId id) {
        return fleet.history(id, 0, 1000).stream()
                .map(r -> r.event().getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .toList();
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

    /// What it began with, as `hosts.yaml` would say.
    public Hosts hosts() {
        return hosts;
    }

    /// The same without one host.
    public Hosts without(String name) {
        LinkedHashMap<String, Host> left = new LinkedHashMap<>(hosts.hosts());
        left.remove(name);
        return new Hosts(left, Map.of(), Map.of(), Rules.NONE, Notices.NONE, Tokens.NONE);
    }

    /// Where its database is.
    public static Path databaseFile(Path folder) {
        return folder.resolve(SERVICE + ".db");
    }

    public TestDatabase database() {
        return database;
    }

    public SessionStarts starts() {
        return starts;
    }

    public SessionEnds ends() {
        return ends;
    }

    public SessionTerminals terminals() {
        return terminals;
    }

    public Links links() {
        return links;
    }

    public Path worktree(SessionId id) {
        return Path.of(Objects.requireNonNull(session(id).spec().worktree()));
    }

    /// Leaves the sessions running when this fleet closes.
    public void keepTmux() {
        keepTmux = true;
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        links.close();
        database.close();
        if (!keepTmux) {
            TestTmux.killAll(folder);
            Leftovers.end(folder.resolve("homes"));
        }
        if (sshd != null) {
            sshd.close();
        }
    }
}
