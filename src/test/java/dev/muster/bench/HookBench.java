package dev.muster.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Muster's hook costs the agent, which waits for it at each of its events: against a hook
/// that only reads what it is given, turn by turn. There is no service: the hook does not know of
/// any.
@Tag("bench")
class HookBench {
    private static final int ROUNDS = 60;
    private static final double BUDGET = 50;
    private static final Path SAMPLES = Path.of("src/test/resources/claude");
    private static final Path LIB = Path.of("src/main/resources/scripts/lib");
    private static final String SESSION = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    /// Alone: `mvn test -Pbench -Dquick -Dtest=HookBench`.
    @Test
    void measuresTheHook(@TempDir Path dir) throws Exception {
        Report report = new Report();
        Machine.describe(report);
        measure(report, dir);
        System.out.println(report);
    }

    static void measure(Report report, Path dir) throws IOException, InterruptedException {
        Path state = Files.createDirectories(dir.resolve("hook state"));
        Path run = Files.createDirectories(state.resolve("sessions/" + SESSION + "/run.1"));
        Files.writeString(state.resolve("gen"), "g1\n");
        Files.createFile(state.resolve("journal.g1"));
        Path empty = Files.writeString(dir.resolve("empty hook.sh"), "cat >/dev/null\n");
        Map<String, String> env =
                Map.of(
                        "MUSTER_RUN_DIR", run.toString(),
                        "MUSTER_LIB", LIB.toAbsolutePath().toString());

        report.heading("a hook of an agent, above an empty one, with no service");
        Samples all = new Samples();
        for (String event :
                List.of("SessionStart-startup", "UserPromptSubmit", "PreToolUse", "Stop")) {
            byte[] input = Files.readAllBytes(SAMPLES.resolve("hook-" + event + ".json"));
            Samples ours = new Samples();
            Samples theirs = new Samples();
            for (int i = 0; i < ROUNDS; i++) {
                theirs.add(hook("exec /bin/sh '" + empty + "'", input, env));
                double took = hook("exec /bin/sh \"$MUSTER_LIB/hook.sh\"", input, env);
                ours.add(took);
                all.add(Math.max(0, took - theirs.last()));
            }
            report.row(event + ", above an empty hook", ours.minus(theirs), "ms");
        }
        report.row("any of them", all, "ms", "50 ms p95", all.p95(), BUDGET);
    }

    /// As Claude Code runs one.
    ///
    /// @return milliseconds
    private static double hook(String command, byte[] input, Map<String, String> env)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        builder.environment().putAll(env);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
        int exit = process.waitFor();
        double took = (System.nanoTime() - begin) / 1e6;
        if (exit != 0) {
            throw new AssertionError("the hook ended with " + exit);
        }
        return took;
    }
}
