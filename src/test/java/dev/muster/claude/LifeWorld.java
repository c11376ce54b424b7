package dev.muster.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.client.Token;
import dev.muster.fleet.TestFleet;
import dev.muster.fleet.TestTmux;
import dev.muster.testing.PersonsMuster;
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
import org.awaitility.Awaitility;

/// Two OpenSSH hosts with the real Claude Code on them, each with a model of its own; and Muster
/// as a person runs it, who says everything by commands or types it into a session's terminal.
final class LifeWorld implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path program;
    private final PersonsMuster muster;
    private final Map<String, TestSshd> servers = new LinkedHashMap<>();
    private final Map<String, StubModel> models = new LinkedHashMap<>();

    /// @param hosts their names; all are online when it returns
    LifeWorld(Path folder, Path program, String... hosts) throws Exception {
        this.folder = folder;
        this.program = program;
        muster = new PersonsMuster(folder.resolve("person"), folder.resolve("service.log"));
        try {
            for (String host : hosts) {
                TestHome home = TestHome.in(folder, "home-" + host);
                ClaudeHosts.config(home.path());
                TestFleet.makeRepo(home.path(), "api");
                models.put(host, new StubModel());
                servers.put(host, TestSshd.in(folder.resolve("sshd-" + host)).home(home).start());
            }
            muster.hosts(hostsFile());
            muster.serve(hosts.length);
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private String hostsFile() throws IOException {
        StringBuilder text =
                new StringBuilder(
                        """
                        defaults: { agent: claude, base: main }
                        agents:
                          claude: { command: %s, permissionMode: default }
                        hosts:
                        """
                                .formatted(quoted(program.toString())));
        for (Map.Entry<String, TestSshd> each : servers.entrySet()) {
            text.append(each.getValue().entry(each.getKey()))
                    .append(
                            """
                                env: %s
                                repos: { api: { path: ~/api, trust: true } }
                            """
                                    .formatted(quoted(env(each.getKey()))));
        }
        return text.toString();
    }

    /// As somebody has it who is signed in with a subscription.
    private Map<String, String> env(String host) {
        Map<String, String> env =
                ClaudeHosts.env(ClaudeHosts.configFolder(folder, host), model(host));
        env.remove("ANTHROPIC_API_KEY");
        env.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-of-no-use");
        return env;
    }

    /// JSON is YAML.
    private static String quoted(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }

    /// The model of the sessions on that host.
    StubModel model(String host) {
        return models.get(host);
    }

    /// Runs a command, which has to do what it is told.
    ///
    /// @return what it printed
    String muster(String... args) throws IOException, InterruptedException {
        PersonsMuster.Ran ran = tries(args);
        assertThat(ran.status()).as("muster %s: %s", List.of(args), ran.out()).isZero();
        return ran.out();
    }

    /// Runs a command that may be refused.
    PersonsMuster.Ran tries(String... args) throws IOException, InterruptedException {
        return muster.muster(args);
    }

    /// What `muster status --json` prints.
    Board status(String session) throws IOException, InterruptedException {
        return Json.read(muster("status", "--json", session), Board.class);
    }

    /// Starts a session as `muster start` does.
    ///
    /// @param more options and prompt
    SessionRow start(String host, String name, String... more)
            throws IOException, InterruptedException {
        List<String> args =
                new ArrayList<>(List.of("start", "--json", "--name", name, host + ":api"));
        args.addAll(List.of(more));
        return Json.read(muster(args.toArray(String[]::new)), SessionRow.class);
    }

    /// The one request that waits, as `muster inbox` lists it.
    RequestRow waiting() throws IOException, InterruptedException {
        RequestRow[] rows = Json.read(muster("inbox", "--json"), RequestRow[].class);
        assertThat(rows).hasSize(1);
        return rows[0];
    }

    /// What `status --json` would print now. For one look after the other, since a command takes
    /// longer to start than some states last: what it prints is this answer, as it comes.
    Board board() throws IOException, ProblemException {
        ServiceAddress address = new ServiceAddress(muster.address(), false);
        return new ServiceClient(address, new Token(Optional.empty(), muster.token()))
                .get("board", Board.class);
    }

    SessionRow row(String session) throws IOException, ProblemException {
        return board().sessions().stream()
                .filter(row -> row.name().equals(session))
                .findFirst()
                .orElseThrow();
    }

    /// What is known of the account that Claude Code is signed in to on that host.
    AccountRow account(String host) throws IOException, ProblemException {
        return board().accounts().stream()
                .filter(row -> row.name().equals("claude@" + host))
                .findFirst()
                .orElseThrow();
    }

    /// The session's terminal, where a person sits down.
    ClaudeScreen at(SessionRow session) throws IOException {
        return new ClaudeScreen(state(session), session.id());
    }

    private Path state(SessionRow session) throws IOException {
        return ClaudeHosts.stateFolder(folder.resolve("home-" + session.host()));
    }

    /// Kills the agent as the kernel would for want of memory.
    ///
    /// @param file of the session that has its number
    void kill(SessionRow session, String file) throws IOException {
        Path number = state(session).resolve("sessions/" + session.id()).resolve(file);
        long pid = Long.parseLong(Files.readString(number).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Override
    public void close() throws Exception {
        muster.close();
        TestTmux.killAll(folder);
        models.values().forEach(StubModel::close);
        // What was ended may still be writing below its home.
        Awaitility.await("all to have ended")
                .atMost(Duration.ofSeconds(60))
                .until(() -> TestTmux.processesWith(folder.resolve("home-").toString()).isEmpty());
        for (TestSshd server : servers.values()) {
            server.close();
        }
    }
}
