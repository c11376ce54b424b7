package dev.muster.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What Muster's hook costs the agent, which waits for it at each of its events: against a hook
/// that only reads what it is given, turn by turn. There is no service: the hook does not know of
/// any.
final class HookCost {
    static final List<String> EVENTS =
            List.of("SessionStart-startup", "UserPromptSubmit", "PreToolUse", "Stop");

    private static final Path SAMPLES = Path.of("src/test/resources/claude");
    private static final Path LIB = Path.of("src/main/resources/scripts/lib");
    private static final String SESSION = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final Path journal;
    private final Path empty;
    private final Map<String, String> env;

    HookCost(Path dir) throws IOException {
        Path state = Files.createDirectories(dir.resolve("hook state"));
        Path run = Files.createDirectories(state.resolve("sessions/" + SESSION + "/run.1"));
        Files.writeString(state.resolve("gen"), "g1\n");
        journal = Files.createFile(state.resolve("journal.g1"));
        empty = Files.writeString(dir.resolve("empty hook.sh"), "cat >/dev/null\n");
        env =
                Map.of(
                        "MUSTER_RUN_DIR", run.toString(),
                        "MUSTER_LIB", LIB.toAbsolutePath().toString());
    }

    /// Runs it so many times at this event.
    ///
    /// @return milliseconds above an empty hook that ran just before, each time
    Samples measure(String event, int rounds) throws IOException, InterruptedException {
        byte[] input = Files.readAllBytes(SAMPLES.resolve("hook-" + event + ".json"));
        Samples above = new Samples();
        for (int i = 0; i < rounds; i++) {
            double theirs = hook("exec /bin/sh '" + empty + "'", input);
            above.add(hook("exec /bin/sh \"$MUSTER_LIB/hook.sh\"", input) - theirs);
        }
        return above;
    }

    /// How many events were written down.
    long written() throws IOException {
        // An empty line may stand before each, which ends what was not written whole.
        return Files.readAllLines(journal).stream().filter(line -> !line.isEmpty()).count();
    }

    /// As Claude Code runs one.
    ///
    /// @return milliseconds
    private double hook(String command, byte[] input) throws IOException, InterruptedException {
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
