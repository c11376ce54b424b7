package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Muster's hook costs the agent, as {@link HookCost} measures it.
@Tag("bench")
class HookBench {
    private static final int ROUNDS = 60;
    private static final double BUDGET = 50;

    /// Alone: `mvn test -Pbench -Dquick -Dtest=HookBench`.
    @Test
    void measuresTheHook(@TempDir Path dir) throws Exception {
        Report report = new Report();
        Machine.describe(report);
        measure(report, dir);
        System.out.println(report);
    }

    static void measure(Report report, Path dir) throws IOException, InterruptedException {
        report.heading("a hook of an agent, above an empty one, with no service");
        HookCost cost = new HookCost(dir);
        Samples all = new Samples();
        for (String event : HookCost.EVENTS) {
            Samples above = cost.measure(event, ROUNDS);
            above.each(ms -> all.add(Math.max(0, ms)));
            report.row(event + ", above an empty hook", above, "ms");
        }
        report.row("any of them", all, "ms", "50 ms p95", all.p95(), BUDGET);
    }
}
