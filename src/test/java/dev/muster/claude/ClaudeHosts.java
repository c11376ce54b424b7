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
import org.jspecify.annotations.Nullable;

/// Hosts with the real Claude Code on them, and a fleet over them. Each host has a home and a
/// configuration folder of its own, a key that opens nothing, and a model of the tests' own.
final class ClaudeHosts implements AutoCloseable {
    static final String KEY = "sk-ant-api03-of-no-use-to-anybody-AAAAAAAAAAAAAAAAAAAA";

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

    private static Path config(Path home) throws IOException {
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

    private static Map<String, String> env(Path config, StubModel model) {
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

    /// Types into the session's terminal as a person would, in tmux's names of keys.
    void type(SessionId id, String... keys) throws IOException, InterruptedException {
        for (String key : keys) {
            tmux(id, "send-keys", "-t", "=" + id.value() + ":", key);
        }
    }

    /// Types a line and sends it off.
    void line(SessionId id, String text) throws Exception {
        Awaitility.await("its place for prompts")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> screen(id).contains("❯"));
        tmux(id, "send-keys", "-t", "=" + id.value() + ":", "-l", "--", text);
        // What comes at once is taken for a paste, in which Enter is a line break.
        Awaitility.await("the text on the screen")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> screen(id).contains(text));
        type(id, "Enter");
    }

    /// Types a prompt and sends it off, and waits until the model has it.
    void prompt(SessionId id, String text) throws Exception {
        line(id, text);
        Awaitility.await("the prompt at the model")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> model.prompts().stream().anyMatch(p -> p.contains(text)));
    }

    /// Kills the agent as the kernel would for want of memory.
    void kill(SessionId id) throws IOException, InterruptedException {
        Long pid = fleet.session(id).pid();
        new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor();
    }

    /// As if the host had been started anew.
    void killTmux(SessionId id) throws IOException, InterruptedException {
        tmux(id, "kill-server");
    }

    /// Waits until a dialog is on the screen, for some moments: what is typed while it is drawn is
    /// lost.
    void dialog(SessionId id) {
        Awaitility.await("a dialog on the screen")
                .atMost(Duration.ofSeconds(30))
                .during(Duration.ofSeconds(1))
                .until(() -> fleet.session(id).activity().stance() == AgentEvent.Stance.WAITING);
    }

    /// Waits until that stands on the screen.
    void shows(SessionId id, String text) {
        Awaitility.await(text + " on the screen")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> screen(id).contains(text));
    }

    String screen(SessionId id) throws IOException, InterruptedException {
        return tmux(id, "capture-pane", "-p", "-J", "-t", "=" + id.value() + ":");
    }

    private String tmux(SessionId id, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", "tmux.sock"));
        command.addAll(List.of(args));
        Process tmux =
                new ProcessBuilder(command)
                        .directory(stateFolder(id).toFile())
                        .redirectErrorStream(true)
                        .start();
        String says = new String(tmux.getInputStream().readAllBytes());
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + says);
        }
        return says;
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
        try (Stream<Path> machines = Files.list(home.resolve(".local/state/muster"))) {
            return machines.findFirst().orElseThrow();
        }
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        // What was ended may still be writing below its home.
        Awaitility.await("all to have ended")
                .atMost(Duration.ofSeconds(20))
                .until(() -> TestTmux.processesWith(folder.resolve("home-").toString()).isEmpty());
        for (TestSshd server : servers) {
            server.close();
        }
    }
}
