package dev.muster.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Ends the tmux servers that a test has started in its own homes.
public final class TestTmux {
    private TestTmux() {}

    public static void killAll(Path homes) throws IOException, InterruptedException {
        List<Path> sockets;
        try (Stream<Path> files = Files.find(homes, 12, (p, a) -> p.endsWith("tmux.sock"))) {
            sockets = files.toList();
        }
        for (Path socket : sockets) {
            new ProcessBuilder("tmux", "-S", "tmux.sock", "kill-server")
                    .directory(socket.resolveSibling(".").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /// The command lines of living processes whose environment has this entry (Linux only).
    public static List<String> processesWith(String entry) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(dir -> dir.getFileName().toString().matches("[0-9]+"))
                    .filter(dir -> read(dir.resolve("environ")).contains(entry))
                    .map(dir -> read(dir.resolve("cmdline")))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
