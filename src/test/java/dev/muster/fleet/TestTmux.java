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
        try (Stream<Path> files = Files.find(homes, 8, (p, a) -> p.endsWith("tmux.sock"))) {
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
}
