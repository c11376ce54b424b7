package dev.muster.claude;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.testing.InstallLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The real program, in the version that the tests were written with: installed from npm into
/// `target/claude` once, or the copy that `-Dclaude.program=PATH` names.
final class ClaudeProgram {
    static final String VERSION = "2.1.329";

    private ClaudeProgram() {}

    /// Its path; skips the test with a reason where it can't be had.
    static Path find() throws IOException, InterruptedException {
        String given = System.getProperty("claude.program", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path folder = Path.of("target", "claude", VERSION).toAbsolutePath();
        Path program = folder.resolve("node_modules/.bin/claude");
        try (InstallLock lock = InstallLock.take()) {
            if (!Files.isExecutable(program)) {
                install(folder);
            }
        }
        if (!Files.isExecutable(program)) {
            abort("npm installed no " + program);
        }
        return program;
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path log = folder.resolve("npm.log");
        Process npm;
        try {
            npm =
                    new ProcessBuilder(
                                    List.of(
                                            "npm",
                                            "install",
                                            "--prefix",
                                            folder.toString(),
                                            "--no-audit",
                                            "--no-fund",
                                            "@anthropic-ai/claude-code@" + VERSION))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            abort("npm is not installed: the real Claude Code can't be had");
            return;
        }
        if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            abort("npm could not install Claude Code " + VERSION + ", see " + log);
        }
    }
}
