package dev.muster.claude;

import dev.muster.agent.AgentEvent;
import dev.muster.api.Ulid;
import dev.muster.fleet.StartAsk;
import dev.muster.fleet.TestFleet;
import dev.muster.fleet.TestTmux;
import dev.muster.host.AgentSpec;
import dev.muster.session.Headless;
import dev.muster.session.SessionId;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// Hosts with the real Claude Code on them, and a fleet over them. Each host has a home and a
/// configuration folder of its own, a key that opens nothing, and a model of the tests' own.
final class ClaudeHosts implements AutoCloseable {
    static final String KEY = "sk-ant-api03-of-no-use-to-anybody-AAAAAAAAAAAAAAAAAAAA";

    /// As somebody has it who is signed in with a subscription: the prices of a [Bill] are theirs.
    static final Map<String, String> SIGNED_IN =
            Map.of("ANTHROPIC_API_KEY", "", "CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-of-no-use");

    private final List<TestSshd> servers = new ArrayList<>();
    private final Path folder;
    private final StubModel model;
    private final TestFleet.Builder builder;
    private final List<String> names;
    private TestFleet fleet;

    /// @param names of the hosts, each an OpenSSH server
    ClaudeHosts(Path folder, Path program, StubModel model, String... names) throws Exception {
        this(folder, program, model, true, Map.of(), names);
    }

    /// @param trust whether `trust: true` stands at the repos
    /// @param more environment; an empty value takes a name away
    ClaudeHosts(
            Path folder,
            Path program,
            StubModel model,
            boolean trust,
            Map<String, String> more,
            String... names)
            throws Exception {
        this.folder = folder;
        this.model = model;
        this.names = List.of(names);
        this.builder = TestFleet.in(folder);
        for (String name : names) {
            TestHome home = TestHome.in(folder, "home-" + name);
            Path config = config(home.path());
            TestSshd server = TestSshd.in(folder.resolve("sshd-" + name)).home(home).start();
            servers.add(server);
            Map<String, String> env = env(config, model);
            env.putAll(more);
            env.values().removeIf(String::isEmpty);
            builder.agent(agent(program, env)).trust(trust).ssh(name, server);
        }
        fleet = begin();
    }

    private TestFleet begin() throws IOException {
        TestFleet begun = builder.start();
        names.forEach(begun::awaitOnline);
        return begun;
    }

    /// The service goes; what runs on the hosts runs on. What was known can still be read.
    void serviceEnds() throws Exception {
        fleet.keepTmux();
        fleet.close();
    }

    /// A service begins with what the one before had remembered.
    void serviceBegins() throws IOException {
        fleet = begin();
    }

    /// Where Claude Code keeps its own things on that host.
    static Path configFolder(Path folder, String host) {
        return folder.resolve("home-" + host).resolve("claude config");
    }

    /// Makes its folder of such a home, as it stands once a person has answered its first
    /// questions.
    static Path config(Path home) throws IOException {
        Path config = Files.createDirectories(home.resolve("claude config"));
        Files.writeString(
                config.resolve(".claude.json"),
                """
                {
                  "hasCompletedOnboarding": true,
                  "customApiKeyResponses": {"approved": ["%s"]}
                }
                """
                        .formatted(KEY.substring(KEY.length() - 20)));
        return config;
    }

    /// What it is started with, so that it talks to that model and to nobody else.
    static Map<String, String> env(Path config, StubModel model) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("CLAUDE_CONFIG_DIR", config.toString());
        env.put("ANTHROPIC_BASE_URL", model.url());
        env.put("ANTHROPIC_API_KEY", KEY);
        env.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        env.put("DISABLE_TELEMETRY", "1");
        env.put("DISABLE_AUTOUPDATER", "1");
        return env;
    }

    private static AgentSpec agent(Path program, Map<String, String> env) {
        return new AgentSpec(
                "claude",
                "claude",
                program.toString(),
                List.of(),
                env,
                Optional.empty(),
                Optional.of("default"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    TestFleet fleet() {
        return fleet;
    }

    SessionId start(String host, String name, String prompt) throws Exception {
        return start(host, name, prompt, null);
    }

    /// @param headless without a screen; null: in a terminal
    SessionId start(String host, String name, String prompt, @Nullable Headless headless)
            throws Exception {
        return start(host, name, prompt, headless, List.of());
    }

    /// @param args of the program's own
    SessionId start(
            String host, String name, String prompt, @Nullable Headless headless, List<String> args)
            throws Exception {
        SessionId id = new SessionId(Ulid.next());
        fleet.starts()
                .start(
                        new StartAsk(
                                id, host, "api", name, null, null, "claude", null, null, Map.of(),
                                Map.of(), args, true, prompt, headless));
        return id;
    }

    /// Its terminal, where a person sits down.
    ClaudeScreen at(SessionId id) throws IOException {
        return new ClaudeScreen(stateFolder(id), id.value());
    }

    /// @see ClaudeScreen#type
    void type(SessionId id, String... keys) throws IOException, InterruptedException {
        at(id).type(keys);
    }

    /// @see ClaudeScreen#line
    void line(SessionId id, String text) throws Exception {
        at(id).line(text);
    }

    /// @see ClaudeScreen#prompt
    void prompt(SessionId id, String text) throws Exception {
        at(id).prompt(text, model);
    }

    /// Kills the agent as the kernel would for want of memory.
    void kill(SessionId id) throws IOException, InterruptedException {
        signal(id, "KILL");
    }

    /// @param name of the signal that its agent gets
    void signal(SessionId id, String name) throws IOException, InterruptedException {
        Long pid = fleet.session(id).pid();
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    }

    /// Waits until the board knows of a dialog, and it is on the screen for some moments: what is
    /// typed while it is drawn is lost.
    void dialog(SessionId id) {
        Awaitility.await("a dialog on the screen")
                .atMost(Duration.ofSeconds(60))
                .during(Duration.ofSeconds(1))
                .until(
                        () ->
                                fleet.session(id).activity().stance() == AgentEvent.Stance.WAITING
                                        && at(id).asks());
    }

    /// @see ClaudeScreen#answer
    void answer(SessionId id, String key) throws IOException, InterruptedException {
        at(id).answer(key);
    }

    /// @see ClaudeScreen#shows
    void shows(SessionId id, String text) throws IOException {
        at(id).shows(text);
    }

    /// Whether that stands on its screen within so long.
    boolean comesToShow(SessionId id, String text, Duration within) {
        try {
            Awaitility.await().atMost(within).until(() -> screen(id).contains(text));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    String screen(SessionId id) throws IOException, InterruptedException {
        return at(id).text();
    }

    /// Muster's folder on the session's host.
    Path stateFolder(SessionId id) throws IOException {
        String host = fleet.session(id).spec().host();
        Path home =
                servers.stream()
                        .map(server -> server.home().path())
                        .filter(path -> path.endsWith("home-" + host))
                        .findFirst()
                        .orElseThrow();
        return stateFolder(home);
    }

    /// Muster's folder on the host with this home.
    static Path stateFolder(Path home) throws IOException {
        try (Stream<Path> machines = Files.list(home.resolve(".local/state/muster"))) {
            return machines.findFirst().orElseThrow();
        }
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        // What was ended may still be writing below its home. A hook that waits beside a dialog
        // looks every 20 s whether its agent lives.
        Awaitility.await("all to have ended")
                .atMost(Duration.ofSeconds(60))
                .until(() -> TestTmux.processesWith(folder.resolve("home-").toString()).isEmpty());
        for (TestSshd server : servers) {
            server.close();
        }
    }
}
