package dev.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.MachineLoad;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one budget that `make test` holds too, since an agent has to wait for it.
class HookCostIT {
    private static final Duration BUDGET = Duration.ofMillis(50);
    private static final int ROUNDS = 5;
    private static final int TURNS = 4;

    @Test
    void slowsAnAgentByLessThan50MsWithoutAService(@TempDir Path dir) throws Exception {
        HookCost cost = new HookCost(dir);
        MachineLoad load = new MachineLoad();
        Samples all = new Samples();
        for (int turn = 0; turn < TURNS; turn++) {
            for (String event : HookCost.EVENTS) {
                cost.measure(event, ROUNDS).each(all::add);
                load.look(Duration.ofMillis(250));
            }
        }
        assertThat(cost.written()).as("events written down").isEqualTo(all.count());
        assertThat(all.p95()).as("ms").isLessThan(load.allows(BUDGET).toMillis());
    }
}
