package dev.muster.fleet;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ends the tmux servers that a test has started in its own homes.
public final class TestTmux {
    private TestTmux() {}

    public static void killAll(Path homes) throws IOException, InterruptedException {
        List<Path> sockets = new ArrayList<>();
        Files.walkFileTree(
                homes,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                        if (file.endsWith("tmux.sock")) {
                            sockets.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Gone meanwhile: a database's log, a file of a session that ends.
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
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
