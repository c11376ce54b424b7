package dev.muster.agent;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.testing.InstallLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real agent, in the version that its tests were written with: installed from npm into
/// `target/agents` once, or found in the `node_modules` that `-Dagents.modules=PATH` names.
enum NpmProgram {
    CODEX("@openai/codex", "0.169.0", "codex"),
    GEMINI("@google/gemini-cli", "0.61.0", "gemini"),
    OPENCODE("opencode-ai", "1.18.33", "opencode");

    private final String module;
    private final String version;
    private final String program;

    NpmProgram(String module, String version, String program) {
        this.module = module;
        this.version = version;
        this.program = program;
    }

    /// Its path; skips the test with a reason where it can't be had.
    Path find() throws IOException, InterruptedException {
        String given = System.getProperty("agents.modules", "");
        Path folder = Path.of("target", "agents", program + "-" + version).toAbsolutePath();
        Path modules = given.isEmpty() ? folder.resolve("node_modules") : Path.of(given);
        Path path = modules.resolve(".bin").resolve(program);
        try (InstallLock lock = InstallLock.take()) {
            if (!Files.isExecutable(path) && given.isEmpty()) {
                install(folder);
            }
        }
        if (!Files.isExecutable(path)) {
            abort("there is no " + path);
        }
        return path;
    }

    private void install(Path folder) throws IOException, InterruptedException {
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
                                            "--ignore-scripts",
                                            module + "@" + version))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            abort("npm is not installed: the real " + program + " can't be had");
            return;
        }
        if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            abort("npm could not install " + module + " " + version + ", see " + log);
        }
        // Of all scripts the one that a program says it can't do without.
        Path script = folder.resolve("node_modules").resolve(module).resolve("postinstall.mjs");
        if (Files.exists(script)) {
            Process setUp =
                    new ProcessBuilder("node", script.getFileName().toString())
                            .directory(script.getParent().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            if (!setUp.waitFor(2, TimeUnit.MINUTES) || setUp.exitValue() != 0) {
                setUp.destroyForcibly();
                abort("the postinstall script of " + module + " failed, see " + log);
            }
        }
    }
}
