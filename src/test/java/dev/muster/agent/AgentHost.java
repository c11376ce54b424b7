package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.fleet.StartAsk;
import dev.muster.fleet.TestFleet;
import dev.muster.host.AgentSpec;
import dev.muster.session.Counters;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A host with a real agent on it, reached over SSH, and one session there. The host has a home of
/// its own.
final class AgentHost implements AutoCloseable {
    /// Time enough for an agent to start on a busy machine.
    private static final Duration LONG = Duration.ofSeconds(120);

    private final String agent;
    private final TestHome home;
    private final TestSshd server;
    private final TestFleet fleet;
    private final SessionId id = new SessionId(Ulid.next());

    /// @param files of the home, by path
    AgentHost(
            Path folder,
            String agent,
            Path program,
            Map<String, String> env,
            Map<String, String> files)
            throws Exception {
        this.agent = agent;
        home = TestHome.in(folder, "home");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = home.path().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        server = TestSshd.in(folder.resolve("sshd")).home(home).start();
        fleet =
                TestFleet.in(folder)
                        .agent(
                                new AgentSpec(
                                        agent,
                                        agent,
                                        program.toString(),
                                        List.of(),
                                        env,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .trust(true)
                        .ssh("dev", server)
                        .start();
        fleet.awaitOnline("dev");
    }

    void start(String prompt) throws Exception {
        fleet.starts()
                .start(
                        new StartAsk(
                                id, "dev", "api", "task", null, null, agent, null, null, Map.of(),
                                Map.of(), List.of(), true, prompt, null));
    }

    Session session() {
        return fleet.session(id);
    }

    TestFleet fleet() {
        return fleet;
    }

    SessionId id() {
        return id;
    }

    /// Waits until the board says so.
    void await(String what, Predicate<State> expected) throws IOException, InterruptedException {
        try {
            Awaitility.await(what)
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(
                            () ->
                                    assertThat(session().state())
                                            .as(what)
                                            .matches(expected, "as expected"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": " + session().state() + "\n" + evidence(), e);
        }
    }

    /// What its screen shows, and the last that it told.
    private String evidence() throws IOException, InterruptedException {
        StringBuilder evidence = new StringBuilder(screen());
        try (Stream<Path> files = Files.list(state())) {
            for (Path journal :
                    files.filter(f -> f.getFileName().toString().startsWith("journal.")).toList()) {
                List<String> records = Files.readAllLines(journal);
                for (String record :
                        records.subList(Math.max(0, records.size() - 20), records.size())) {
                    evidence.append(record, 0, Math.min(record.length(), 400)).append('\n');
                }
            }
        }
        return evidence.toString();
    }

    /// Waits until it has used so many tokens of output, over all runs.
    void awaitUsed(long tokens) {
        Awaitility.await(tokens + " tokens")
                .atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(session().meter().total().outputTokens())
                                        .isEqualTo(tokens));
    }

    /// Waits until it has used what the model's replies cost, over all runs, to the token.
    void awaitUsed(StubModels models) {
        Awaitility.await("what the replies cost")
                .atMost(LONG)
                .untilAsserted(
                        () -> {
                            int replies = models.replies();
                            assertThat(session().meter().total())
                                    .extracting(Counters::inputTokens, Counters::outputTokens)
                                    .as(replies + " replies")
                                    .containsExactly(
                                            (long) StubModels.SENT * replies,
                                            (long) StubModels.GOT * replies);
                        });
    }

    /// The first request that waits.
    Request request() {
        Awaitility.await("a request")
                .atMost(LONG)
                .until(() -> !session().activity().requests().isEmpty());
        return session().activity().requests().getFirst();
    }

    /// Types a line as a person would.
    void line(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-t", "=" + id.value() + ":", "-l", "--", text);
        // Its end, however the screen breaks it: a beginning may stand there from a line before.
        String typed = unbroken(text);
        String end = typed.substring(Math.max(0, typed.length() - 20));
        Awaitility.await("the screen to show what was typed: " + text)
                .atMost(LONG)
                .until(() -> unbroken(screen()).contains(end));
        // It takes what comes at once for a paste, in which Enter is a line break.
        Thread.sleep(400);
        key("Enter");
    }

    private static String unbroken(String text) {
        return text.replaceAll("[\\s│┃|]", "");
    }

    /// @param name of the signal that its agent's process gets
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(session().pid())).start().waitFor();
    }

    void key(String key) throws IOException, InterruptedException {
        tmux("send-keys", "-t", "=" + id.value() + ":", key);
    }

    /// Waits until the title of the session's terminal holds a text.
    void awaitTitle(String text) {
        Awaitility.await("the title " + text)
                .atMost(LONG)
                .until(
                        () ->
                                tmux(
                                                "display-message",
                                                "-p",
                                                "-t",
                                                "=" + id.value() + ":",
                                                "#{pane_title}")
                                        .contains(text));
    }

    /// Waits until the screen shows a text.
    void awaitScreen(String text) {
        Awaitility.await("the screen to show " + text)
                .atMost(LONG)
                .until(() -> screen().contains(text));
    }

    private String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-t", "=" + id.value() + ":");
    }

    /// A file of the session on its host.
    Path file(String name) throws IOException {
        return state().resolve("sessions").resolve(id.value()).resolve(name);
    }

    private Path state() throws IOException {
        try (Stream<Path> machines = Files.list(home.path().resolve(".local/state/muster"))) {
            return machines.findFirst().orElseThrow();
        }
    }

    private String tmux(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", "tmux.sock"));
        command.addAll(List.of(args));
        Process tmux =
                new ProcessBuilder(command)
                        .directory(state().toFile())
                        .redirectErrorStream(true)
                        .start();
        String says = new String(tmux.getInputStream().readAllBytes());
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + says);
        }
        return says;
    }

    @Override
    public void close() throws Exception {
        fleet.close();
        server.close();
    }
}
