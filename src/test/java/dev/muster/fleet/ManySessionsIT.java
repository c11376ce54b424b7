package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that begin while others end, so that the host is looked at in the middle of both.
class ManySessionsIT {
    @TempDir Path folder;

    @Test
    void seesEachAsWhatItIsWhileOthersCrash() throws Exception {
        try (TestFleet fleet = TestFleet.local(folder)) {
            List<SessionId> working = new ArrayList<>();
            List<SessionId> stopped = new ArrayList<>();
            List<SessionId> crashed = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                crashed.add(fleet.start("laptop", "api", "crash-" + i, "kill -9 $$ $PPID", ""));
                working.add(fleet.start("laptop", "api", "work-" + i, "exec sleep 1000", ""));
                if (i > 0) {
                    SessionId before = working.remove(0);
                    fleet.await(before, State.Working.class);
                    fleet.ends().stop(before, "test");
                    stopped.add(before);
                }
            }
            crashed.forEach(id -> fleet.await(id, State.Crashed.class));
            working.forEach(id -> fleet.await(id, State.Working.class));
            stopped.forEach(id -> fleet.await(id, State.Stopped.class));
            assertThat(fleet.board().sessions()).hasSize(16);
        }
    }
}
