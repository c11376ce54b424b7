package dev.muster.claude;

import dev.muster.api.Ulid;
import dev.muster.fleet.StartAsk;
import dev.muster.fleet.TestFleet;
import dev.muster.host.AgentSpec;
import dev.muster.session.SessionId;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Hosts with the real Claude Code on them, and a fleet over them. Each host has a home and a
/// configuration folder of its own, a key that opens nothing, and a model of the tests' own.
final class ClaudeHosts implements AutoCloseable {
    static final String KEY = "sk-ant-api03-of-no-use-to-anybody-AAAAAAAAAAAAAAAAAAAA";

    private final List<TestSshd> servers = new ArrayList<>();
    private final TestFleet fleet;

    /// @param names of the hosts, each an OpenSSH server
    ClaudeHosts(Path folder, Path program, StubModel model, String... names) throws Exception {
        TestFleet.Builder builder = TestFleet.in(folder);
        for (String name : names) {
            TestHome home = TestHome.in(folder, "home-" + name);
            Path config = config(home.path());
            TestSshd server = TestSshd.in(folder.resolve("sshd-" + name)).home(home).start();
            servers.add(server);
            builder.agent(agent(program, env(config, model))).trust(true).ssh(name, server);
        }
        fleet = builder.start();
        for (String name : names) {
            fleet.awaitOnline(name);
        }
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
        SessionId id = new SessionId(Ulid.next());
        fleet.starts()
                .start(
                        new StartAsk(
                                id, host, "api", name, null, null, "claude", null, null, Map.of(),
                                Map.of(), List.of(), true, prompt));
        return id;
    }

    /// Types into the session's terminal as a person would, in tmux's names of keys.
    void type(SessionId id, String... keys) throws IOException, InterruptedException {
        for (String key : keys) {
            tmux(id, "send-keys", "-t", "=" + id.value() + ":", key);
        }
    }

    /// Types a line and sends it off.
    void line(SessionId id, String text) throws IOException, InterruptedException {
        tmux(id, "send-keys", "-t", "=" + id.value() + ":", "-l", "--", text);
        // It takes what comes at once for a paste, in which Enter is a line break.
        Thread.sleep(150);
        type(id, "Enter");
    }

    private void tmux(SessionId id, String... args) throws IOException, InterruptedException {
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
        for (TestSshd server : servers) {
            server.close();
        }
    }
}
