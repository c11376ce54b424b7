package dev.muster.claude;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// A terminal on a host in which a person started Claude Code: a tmux server that is not Muster's.
final class PersonsTerminal implements AutoCloseable {
    private final Path socket;
    private final long agent;

    /// @param repo where it is started, below the person's home
    /// @param args of the program's own
    PersonsTerminal(Path folder, Path program, StubModel model, Path repo, String... args)
            throws Exception {
        Path home = repo.getParent();
        // As it stands once a person has answered its first questions.
        Files.writeString(
                home.resolve(".claude.json"),
                """
                {"hasCompletedOnboarding": true,
                 "customApiKeyResponses": {"approved": ["%s"]},
                 "projects": {"%s": {"hasTrustDialogAccepted": true}}}
                """
                        .formatted(
                                ClaudeHosts.KEY.substring(ClaudeHosts.KEY.length() - 20),
                                repo.toRealPath()));
        socket = folder.resolve("person.sock");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "new-session",
                                "-d",
                                "-x",
                                "120",
                                "-y",
                                "40",
                                "-s",
                                "own",
                                "-c",
                                repo.toString(),
                                "-P",
                                "-F",
                                "#{pane_pid}"));
        Map.of(
                        "HOME",
                        home.toString(),
                        "ANTHROPIC_BASE_URL",
                        model.url(),
                        "ANTHROPIC_API_KEY",
                        ClaudeHosts.KEY,
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                        "1",
                        "DISABLE_TELEMETRY",
                        "1",
                        "DISABLE_AUTOUPDATER",
                        "1")
                .forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
        command.add(program.toString());
        command.addAll(List.of("--permission-mode", "default"));
        command.addAll(List.of(args));
        agent = Long.parseLong(tmux(command).strip());
        shows(ClaudeScreen.INPUT);
    }

    /// Types a line and sends it off.
    void line(String text) throws Exception {
        tmux(List.of("send-keys", "-t", "own", "-l", "--", text));
        // What comes at once is taken for a paste, in which Enter is a line break.
        Awaitility.await(text + " in the input line")
                .atMost(ClaudeScreen.LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ClaudeScreen.input(screen()).startsWith(text));
        key("Enter");
    }

    /// Types a key into a dialog, which may be known of before it is drawn.
    void answer(String key) throws Exception {
        shows(ClaudeScreen.DIALOG);
        key(key);
    }

    void key(String key) throws Exception {
        tmux(List.of("send-keys", "-t", "own", key));
    }

    void shows(String text) {
        Awaitility.await(text + " on the person's screen")
                .atMost(ClaudeScreen.LONG)
                .pollInterval(Duration.ofMillis(100))
                .during(Duration.ofMillis(300))
                .until(() -> screen().contains(text));
    }

    private String screen() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p", "-J", "-t", "own"));
    }

    boolean runs() {
        return ProcessHandle.of(agent).map(ProcessHandle::isAlive).orElse(false);
    }

    private String tmux(List<String> args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(n -> n.startsWith("TMUX") || n.startsWith("CLAUDE"));
        Process tmux = builder.start();
        String says = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + says);
        }
        return says;
    }

    @Override
    public void close() throws Exception {
        try {
            tmux(List.of("kill-server"));
        } catch (IOException e) {
            // It ended with its only window.
        }
        Awaitility.await("the person's agent ends").atMost(ClaudeScreen.LONG).until(() -> !runs());
    }
}
