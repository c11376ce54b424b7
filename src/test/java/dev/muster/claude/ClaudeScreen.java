package dev.muster.claude;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// The terminal of a session, on its host: what a person sees there, and types by hand.
///
/// @param stateFolder Muster's folder on the host
/// @param session its id
record ClaudeScreen(Path stateFolder, String session) {

    /// Types as a person would, in tmux's names of keys.
    void type(String... keys) throws IOException, InterruptedException {
        for (String key : keys) {
            tmux("send-keys", "-t", pane(), key);
        }
    }

    /// Types a line and sends it off.
    void line(String text) throws Exception {
        Awaitility.await("its place for prompts")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> text().contains("❯"));
        tmux("send-keys", "-t", pane(), "-l", "--", text);
        // What comes at once is taken for a paste, in which Enter is a line break.
        Awaitility.await("the text on the screen")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> text().contains(text));
        type("Enter");
    }

    /// Types a prompt and sends it off, and waits until the model has it.
    void prompt(String text, StubModel model) throws Exception {
        line(text);
        model.awaitPrompt(text);
    }

    /// Waits until that stands on the screen.
    void shows(String text) {
        Awaitility.await(text + " on the screen")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> text().contains(text));
    }

    /// What stands there.
    String text() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-J", "-t", pane());
    }

    /// As if the host had been started anew.
    void killTmux() throws IOException, InterruptedException {
        tmux("kill-server");
    }

    private String pane() {
        return "=" + session + ":";
    }

    private String tmux(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", "tmux.sock"));
        command.addAll(List.of(args));
        Process tmux =
                new ProcessBuilder(command)
                        .directory(stateFolder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String says = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + says);
        }
        return says;
    }
}
