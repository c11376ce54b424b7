package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real terminal: a pane of 80 by 24 in a tmux server that only this test knows, with a shell in
/// it that shows what a command leaves behind.
final class Pane implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path home;

    Pane(Path home) throws IOException {
        this.home = home;
        new CliRun(home, ExitCodesTest.free());
    }

    String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "tmux",
                                "-u",
                                "-S",
                                home.resolve("s").toString(),
                                "-f",
                                "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TMUX"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("SHELL", "/bin/sh");
        Process tmux = builder.start();
        String out = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        tmux.waitFor();
        return out;
    }

    /// Types the command into a shell of the pane, so that the shell shows what it leaves behind.
    void muster(int port, String arguments) throws Exception {
        Path run =
                Files.writeString(
                        home.resolve("run"),
                        """
                        unset TMUX JAVA_TOOL_OPTIONS
                        '%s/bin/java' -Duser.home='%s' --enable-native-access=ALL-UNNAMED \\
                            -cp '%s' dev.muster.Main --server http://127.0.0.1:%d %s
                        echo "status $?"
                        stty -a | tr ' ;' '\\n\\n' |
                            grep -xE -- '-?(echo|icanon|isig|opost|icrnl)' | paste -sd, -
                        """
                                .formatted(
                                        System.getProperty("java.home"),
                                        home,
                                        System.getProperty("java.class.path"),
                                        port,
                                        arguments));
        tmux("new-session", "-d", "-x", "80", "-y", "24", "exec /bin/sh");
        tmux("send-keys", ". '" + run + "'", "Enter");
    }

    String screen() throws Exception {
        return tmux("capture-pane", "-p");
    }

    void awaitScreen(String text) {
        await().atMost(SOON).untilAsserted(() -> assertThat(screen()).contains(text));
    }

    void awaitSaneTerminal(int status) {
        awaitScreen("status " + status);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(screen())
                                        .contains("icrnl", "opost", "isig", "icanon", "echo")
                                        .doesNotContain("-icrnl", "-opost", "-isig", "-icanon")
                                        .doesNotContain("-echo"));
    }

    @Override
    public void close() throws Exception {
        tmux("kill-server");
    }
}
