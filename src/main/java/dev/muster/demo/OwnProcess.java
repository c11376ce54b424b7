package dev.muster.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that the demo has started: in a session of its own, so that a Ctrl-C meant for the
/// demo reaches the demo alone, which then ends all in order.
final class OwnProcess {
    private static final int TAIL_LINES = 15;

    /// `exec`, so that the process keeps its number. Where there is no `setsid` (macOS), signals
    /// from the keyboard are ignored instead.
    private static final String DETACH =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
                    + " trap '' INT HUP QUIT; exec \"$@\"";

    private final Process process;
    private final Path log;

    private OwnProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// @param env the whole environment
    /// @param log gets all that it prints
    static OwnProcess start(List<String> command, Map<String, String> env, Path dir, Path log)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "sh"));
        line.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true)
                        .directory(dir.toFile());
        builder.environment().clear();
        builder.environment().putAll(env);
        return new OwnProcess(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits for its end, at most so long.
    boolean ended(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    int status() {
        return process.exitValue();
    }

    /// Asks it to end, and after `grace` ends it with all that it has started and not let go of.
    /// When this returns, it writes nothing any more.
    void stop(Duration grace) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!ended(grace)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// The end of its log, for a person; nothing where it wrote nothing.
    String tail() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException | java.io.UncheckedIOException e) {
            return "(" + log + " can't be read: " + e.getMessage() + ")";
        }
    }
}
