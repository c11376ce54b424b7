package dev.muster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the figures were measured with.
final class Machine {
    private Machine() {}

    static void describe(Report report) throws IOException, InterruptedException {
        report.note(
                "machine   "
                        + Runtime.getRuntime().availableProcessors()
                        + " CPUs ("
                        + cpu()
                        + "), "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + ", load before: "
                        + load());
        report.note(
                "versions  Java "
                        + Runtime.version()
                        + ", "
                        + said("ssh", "-V")
                        + ", "
                        + said("tmux", "-V")
                        + ", "
                        + said("git", "--version"));
        for (String kind : List.of("commands", "serve")) {
            if (!Files.exists(Path.of("target/muster-" + kind + ".aot"))) {
                report.note("note      no AOT cache for " + kind + ": everything starts slower");
            }
        }
    }

    static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "unknown";
    }

    private static String cpu() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    static boolean has(String program) {
        return find(program).isPresent();
    }

    /// Where a program is on the PATH.
    static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return text.lines().findFirst().orElse(command[0]);
    }
}
