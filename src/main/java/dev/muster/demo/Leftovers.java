package dev.muster.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What of a demo goes on without the processes that started it: tmux servers, and the last moments
/// of watchers.
final class Leftovers {
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// A process that was killed ends when the machine comes to it.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 50;
    private static final Path PROC = Path.of("/proc");

    private Leftovers() {}

    /// Ends the tmux servers of a home, with the sessions in them: each is known by its socket
    /// there.
    static void endTmux(Path home, Map<String, String> env)
            throws IOException, InterruptedException {
        Path states = home.resolve(".local/state/muster");
        if (!Files.isDirectory(states)) {
            return;
        }
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(states)) {
            for (Path machine : machines) {
                if (Files.exists(machine.resolve("tmux.sock"))) {
                    // From the folder itself: a socket's path is limited to about 100 bytes.
                    ProcessBuilder tmux =
                            new ProcessBuilder(
                                            "tmux",
                                            "-S",
                                            "tmux.sock",
                                            "-f",
                                            "/dev/null",
                                            "kill-server")
                                    .directory(machine.toFile())
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
                    tmux.environment().clear();
                    tmux.environment().putAll(env);
                    tmux.start().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
            }
        }
    }

    /// Ends every process that carries the demo's mark: first asked, then told. Returns when none
    /// is left that could write into the folder.
    static void end(DemoFolder folder) throws InterruptedException {
        marked(folder).forEach(ProcessHandle::destroy);
        if (!areGone(folder, GRACE, process -> {})) {
            // Again and again: one that is not there yet may be started by another.
            areGone(folder, PATIENCE, ProcessHandle::destroyForcibly);
        }
    }

    /// Waits until none is left, at most so long.
    ///
    /// @param meanwhile what is done to those that are
    private static boolean areGone(
            DemoFolder folder, Duration patience, Consumer<ProcessHandle> meanwhile)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<ProcessHandle> left = marked(folder);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left.forEach(meanwhile);
            Thread.sleep(PAUSE_MILLIS);
            left = marked(folder);
        }
        return left.isEmpty();
    }

    /// The demo's processes that run now. Known on Linux only: elsewhere nobody may read another
    /// process's environment, and none is named.
    static List<ProcessHandle> marked(DemoFolder folder) {
        String mark = DemoEnvironment.MARK + "=" + folder.root();
        if (!Files.isReadable(PROC.resolve("self/environ"))) {
            return List.of();
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(dir -> dir.getFileName().toString().matches("\\d+"))
                    .filter(dir -> carries(dir.resolve("environ"), mark))
                    .map(dir -> ProcessHandle.of(Long.parseLong("" + dir.getFileName())))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean carries(Path environ, String mark) {
        try {
            String all = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
            String wanted =
                    new String(mark.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return List.of(all.split("\0")).contains(wanted);
        } catch (IOException e) {
            // Another user's, or it has ended meanwhile.
            return false;
        }
    }
}
