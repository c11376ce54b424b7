package dev.muster.fleet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// Holds the newest board. Readers take it without a lock; listeners hear that there is a newer one
/// and must return at once.
public final class BoardKeeper {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile FleetBoard board = FleetBoard.empty();

    public FleetBoard now() {
        return board;
    }

    /// Swaps in the board that `change` makes.
    public void update(UnaryOperator<FleetBoard> change) {
        synchronized (this) {
            FleetBoard before = board;
            FleetBoard after = change.apply(before);
            if (before == after) {
                return;
            }
            board = after;
        }
        listeners.forEach(Runnable::run);
    }

    /// @return to be run when the listener has heard enough
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
