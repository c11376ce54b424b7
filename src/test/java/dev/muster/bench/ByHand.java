package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// What a person without Muster types: a worktree and a tmux session over an OpenSSH connection
/// that is open already.
final class ByHand implements AutoCloseable {
    private final List<String> ssh;
    private final Process master;
    private final Path socket;
    private @Nullable Process running;

    private ByHand(List<String> ssh, Process master, Path socket) {
        this.ssh = ssh;
        this.master = master;
        this.socket = socket;
    }

    static ByHand open(Path dir, BenchHost host) throws IOException {
        Path config = Files.writeString(dir.resolve("hand_config"), host.sshConfig());
        Path control = dir.resolve("control");
        List<String> ssh =
                List.of("ssh", "-F", config.toString(), "-S", control.toString(), host.name());
        Process master =
                new ProcessBuilder(
                                "ssh",
                                "-F",
                                config.toString(),
                                "-S",
                                control.toString(),
                                "-M",
                                "-N",
                                host.name())
                        .inheritIO()
                        .start();
        Awaitility.await("a ControlMaster").until(() -> Files.exists(control));
        return new ByHand(ssh, master, host.home().path().resolve("tmux.sock"));
    }

    /// @param script what runs in the pane
    void start(String name, String script) throws IOException {
        String line =
                "git -C api worktree add --quiet --no-track -b hand/"
                        + name
                        + " ../by-hand/"
                        + name
                        + " main && tmux -S '"
                        + socket
                        + "' new-session -d -s "
                        + name
                        + " -c by-hand/"
                        + name
                        + " \""
                        + script
                        + "\"";
        ProcessBuilder builder = new ProcessBuilder(new java.util.ArrayList<>(ssh));
        builder.command().add(line);
        running = builder.inheritIO().start();
    }

    void done() throws IOException, InterruptedException {
        if (Objects.requireNonNull(running).waitFor() != 0) {
            throw new IOException("by hand: see above");
        }
    }

    @Override
    public void close() throws InterruptedException {
        master.destroy();
        master.waitFor();
    }
}
