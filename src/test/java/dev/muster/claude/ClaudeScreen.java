package dev.muster.claude;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// The terminal of a session, on its host: what a person sees there, and types by hand.
///
/// @param stateFolder Muster's folder on the host
/// @param session its id
record ClaudeScreen(Path stateFolder, String session) {
    /// Time enough for the agent to draw on a busy machine.
    static final Duration LONG = Duration.ofSeconds(60);

    /// Stands below every dialog.
    static final String DIALOG = "Esc to cancel";

    /// How its input line begins; what was said before begins with the same mark and a blank.
    static final String INPUT = "❯\u00a0";

    /// Types as a person would, in tmux's names of keys.
    void type(String... keys) throws IOException, InterruptedException {
        for (String key : keys) {
            tmux("send-keys", "-t", pane(), key);
        }
    }

    /// Types a line and sends it off.
    void line(String text) throws Exception {
        shows(INPUT);
        tmux("send-keys", "-t", pane(), "-l", "--", text);
        // What comes at once is taken for a paste, in which Enter is a line break. The same text
        // may stand further up, where it was said before.
        await(text + " in its input line", () -> input(text()).startsWith(text));
        type("Enter");
    }

    /// What stands in the input line of such a screen, and below.
    static String input(String screen) {
        int at = screen.lastIndexOf(INPUT);
        return at < 0 ? "" : screen.substring(at + INPUT.length());
    }

    /// Types a prompt and sends it off, and waits until the model has it.
    void prompt(String text, StubModel model) throws Exception {
        line(text);
        model.awaitPrompt(text);
    }

    /// Types a key into a dialog. It may be known of before it is drawn, and what is typed until
    /// then is lost.
    void answer(String key) throws IOException, InterruptedException {
        Awaitility.await("a dialog on the screen, for some moments")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .during(Duration.ofMillis(300))
                .until(this::asks);
        type(key);
    }

    /// Whether a dialog is drawn.
    boolean asks() throws IOException, InterruptedException {
        return text().contains(DIALOG);
    }

    /// Waits until that stands on the screen.
    void shows(String text) {
        await(text + " on the screen", () -> text().contains(text));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LONG).pollInterval(Duration.ofMillis(100)).until(condition);
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
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", "tmux.sock"));
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
