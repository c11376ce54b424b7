package dev.muster.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// What still runs in a test's own homes when the test is over: an agent that tidies up after its
/// terminal went, a hook. Such a process would write into the test's folder while that is deleted,
/// and the deletion would fail the test.
public final class Leftovers {
    private static final Path PROC = Path.of("/proc");

    private Leftovers() {}

    /// Ends every process whose HOME is this folder or below it, and waits for its end. Where
    /// there is no `/proc` (macOS), it does nothing.
    public static void end(Path homes) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        Awaitility.await("the end of what runs in " + homes)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            List<ProcessHandle> left = in(homes);
                            left.forEach(ProcessHandle::destroyForcibly);
                            // One that is just becoming another program shows no environment.
                            return left.isEmpty() && in(homes).isEmpty();
                        });
    }

    private static List<ProcessHandle> in(Path homes) throws IOException {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .map(dir -> dir.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(pid -> isBelow(home(pid), homes))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .flatMap(Optional::stream)
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .toList();
        }
    }

    private static boolean isBelow(String home, Path homes) {
        return home.equals(homes.toString()) || home.startsWith(homes + "/");
    }

    /// The HOME in a process's environment; empty when it has none, has ended, or is another
    /// user's.
    private static String home(String pid) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(PROC.resolve(pid).resolve("environ"));
        } catch (IOException _) {
            return "";
        }
        // In the charset in which Java itself gives paths to programs and takes them.
        return Stream.of(new String(environment, StandardCharsets.UTF_8).split("\0"))
                .filter(entry -> entry.startsWith("HOME="))
                .map(entry -> entry.substring("HOME=".length()))
                .findFirst()
                .orElse("");
    }
}
