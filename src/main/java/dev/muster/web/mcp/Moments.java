package dev.muster.web.mcp;

import dev.muster.fleet.FleetBoard;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Boards that agents have seen, each under a number, so that one can ask what changed since. Not
/// by the time: each host has a clock of its own. Boards share what did not change, so that to keep
/// some costs little.
@Singleton
public class Moments {
    private static final int KEPT = 64;

    private final LinkedHashMap<Long, FleetBoard> boards =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, FleetBoard> eldest) {
                    return size() > KEPT;
                }
            };
    private long last;

    /// @return the number of this board; the same one twice in a row has one number
    synchronized long of(FleetBoard board) {
        if (boards.get(last) != board) {
            boards.put(++last, board);
        }
        return last;
    }

    /// @return empty when it is too long ago, or of an earlier run of the service
    synchronized Optional<FleetBoard> board(long moment) {
        return Optional.ofNullable(boards.get(moment));
    }
}
