package dev.muster.page;

import dev.muster.fleet.FakeClaude;
import dev.muster.fleet.TestTmux;
import dev.muster.link.Link;
import dev.muster.link.RunResult;
import dev.muster.shell.HostScript;
import dev.muster.testing.Leftovers;
import dev.muster.testing.LoginShell;
import dev.muster.testing.PersonsMuster;
import dev.muster.testing.PersonsMuster.Ran;
import dev.muster.testing.TestClient;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A service as a person would run it, `deploy/muster serve`, with a HOME of its own, this machine
/// as host `laptop`, and hosts with OpenSSH servers of their own. Its agents: `sh` runs its
/// prompt, `claude` asks what a test has it ask ({@link FakeClaude}).
final class PageWorld implements AutoCloseable {
    private static final Path DEMO = Path.of("src/main/resources/demo/agent.sh").toAbsolutePath();

    private final Path folder;
    private final Path home;
    private final PersonsMuster muster;
    private final Path claude;
    private final Map<String, TestSshd> servers = new LinkedHashMap<>();
    private final Map<String, Path> keys = new HashMap<>();
    private final Set<String> strangers = new HashSet<>();

    private PageWorld(Path folder) throws IOException {
        this.folder = folder;
        this.home = Files.createDirectories(folder.resolve("home"));
        this.claude = FakeClaude.program(folder);
        this.muster = new PersonsMuster(home, log());
    }

    /// With `laptop`, `dev-1` and `staging`, all online.
    static PageWorld start(Path folder) throws Exception {
        PageWorld world = new PageWorld(folder);
        try {
            makeRepo(world.home, "web");
            for (String name : List.of("dev-1", "staging")) {
                world.addServer(name, NewHost.USUAL);
            }
            world.writeHosts();
            world.serve();
        } catch (Exception | Error e) {
            world.close();
            throw e;
        }
        return world;
    }

    /// One more SSH host, for a scenario that would disturb others.
    synchronized void add(String name, NewHost how) throws IOException, InterruptedException {
        addServer(name, how);
        writeHosts();
    }

    /// Ends a host and takes it out of `hosts.yaml`; its rows stay until somebody forgets them.
    synchronized void remove(String name) throws IOException, InterruptedException {
        TestSshd gone = server(name);
        servers.remove(name);
        writeHosts();
        gone.close();
    }

    private void addServer(String name, NewHost how) throws IOException, InterruptedException {
        // Short: a tmux socket lies in there, and its path is limited to about 100 bytes.
        TestHome hostHome = TestHome.in(folder, how.homeOf(name));
        makeRepo(hostHome.path(), "api");
        TestSshd.Builder builder =
                TestSshd.in(folder.resolve("sshd"))
                        .home(hostHome)
                        .option("MaxStartups 100")
                        .option("PasswordAuthentication yes");
        if (how.says() != null) {
            speakAs(how.says(), hostHome, TestHome.in(folder, name + ".programs"), builder);
        }
        TestSshd server = builder.start();
        servers.put(name, server);
        keys.put(name, server.clientKey());
        if (how.passphrase() != null) {
            Path key = folder.resolve(name + ".key");
            TestSshd.keygen(key, "ed25519", how.passphrase());
            server.authorize(folder.resolve(name + ".key.pub"));
            keys.put(name, key);
        }
        if (how.stranger()) {
            strangers.add(name);
        }
    }

    /// A host that names a system of its own invention, and whose rc file prints.
    ///
    /// @param apart a folder for its program: no PATH could hold the names of some homes
    private static void speakAs(
            String says, TestHome home, TestHome apart, TestSshd.Builder builder)
            throws IOException {
        Path text = apart.path().resolve("says");
        Path uname = apart.path().resolve("uname");
        apart.file("says", says).file("uname", UNAME.formatted(text));
        uname.toFile().setExecutable(true);
        home.rc(LoginShell.BASH, "cat '" + text + "'; echo\n");
        builder.shell(LoginShell.BASH).env("PATH", apart.path() + ":" + System.getenv("PATH"));
    }

    private static final String UNAME =
            """
            #!/bin/sh
            [ "$*" = -sr ] || exec /usr/bin/uname "$@"
            cat '%s'
            """;

    /// Has another service take a session over, as `muster adopt` does there.
    void giveAway(String host, String id) throws Exception {
        String mine = Files.readString(home.resolve(".config/muster/service-id")).strip();
        try (TestClient client = TestClient.in(folder.resolve("elsewhere"));
                Link link = client.connect(server(host).host(host))) {
            RunResult result =
                    link.run(
                            HostScript.named("own", id, mine, "elsewhere1"),
                            Duration.ofSeconds(30));
            if (!result.outText().strip().equals("owned")) {
                throw new IOException("not taken over: " + result);
            }
        }
    }

    /// The repo of the demo, with its history; and what Claude Code has written once its user
    /// has signed in.
    private static void makeRepo(Path home, String name) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve(".gitconfig"),
                "[user]\n\tname = Ada Miller\n\temail = ada@example.com\n");
        Files.writeString(
                home.resolve(".claude.json"),
                "{\"hasCompletedOnboarding\": true, \"projects\": {}}");
        Files.writeString(
                Files.createDirectories(home.resolve(".claude")).resolve(".credentials.json"),
                "{}\n");
        Path script = Path.of("src/main/resources/demo/home.sh").toAbsolutePath();
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", script.toString(), home.resolve(name).toString());
        Ran ran =
                PersonsMuster.finish(
                        builder.directory(home.toFile()), PersonsMuster.environment(home));
        if (ran.status() != 0) {
            throw new IOException("the repo " + name + ": " + ran.out());
        }
        // What a scenario tells its agents is no work of theirs.
        Files.writeString(
                home.resolve(name).resolve(".git/info/exclude"),
                "*.tmp\n*.ask\n*.asked\n*.new\n*.told\n*.hook\n*.status\n*.screen\n");
    }

    /// Writes `hosts.yaml`; a running service reads it anew by itself.
    private void writeHosts() throws IOException {
        StringBuilder text =
                new StringBuilder(
                        """
                        defaults: { agent: sh, base: main }
                        agents:
                          sh: { type: command, command: /bin/sh, args: ["-c", "{prompt}"] }
                          claude: { command: %s }
                          demo:
                            type: command
                            command: /bin/sh
                            args: ["%s", "{promptFile}"]
                            env: { DEMO_PACE: "0" }
                        hosts:
                          laptop:
                            local: true
                            repos: { web: { path: ~/web, trust: true } }
                        """
                                .formatted(claude, DEMO));
        for (Map.Entry<String, TestSshd> each : servers.entrySet()) {
            TestSshd sshd = each.getValue();
            Path known =
                    strangers.contains(each.getKey())
                            ? folder.resolve("nothing-known")
                            : sshd.reach().knownHosts().orElseThrow();
            text.append(sshd.entry(each.getKey(), keys.get(each.getKey()), known))
                    .append(
                            """
                                labels: { role: backend }
                                repos: { api: { path: ~/api, trust: true, setup: "cat ~/setup.txt 2>&1 || :" } }
                            """);
        }
        muster.hosts(text.toString());
    }

    private void serve() throws IOException {
        muster.serve(servers.size() + 1);
    }

    /// Where the service answers.
    URI address() {
        return muster.address();
    }

    /// What the service printed.
    Path log() {
        return folder.resolve("service.log");
    }

    synchronized TestSshd server(String host) {
        TestSshd found = servers.get(host);
        if (found == null) {
            throw new IllegalArgumentException("no SSH host " + host);
        }
        return found;
    }

    /// A host whose agents' terminals can be had here: OpenSSH hands them over to root alone.
    String terminalHost() {
        return "root".equals(System.getProperty("user.name")) ? "dev-1:api" : "laptop:web";
    }

    /// Runs a command as the service's user would.
    Ran muster(String... args) throws IOException, InterruptedException {
        return muster.muster(args);
    }

    /// Of everything that this user starts: nothing of who runs the tests but the PATH.
    Map<String, String> environment() {
        return muster.environment();
    }

    @Override
    public void close() throws Exception {
        muster.close();
        TestTmux.killAll(folder);
        for (TestSshd server : servers.values()) {
            server.close();
        }
        // The agents of this machine too, and what a browser has left.
        Leftovers.end(folder);
    }
}
