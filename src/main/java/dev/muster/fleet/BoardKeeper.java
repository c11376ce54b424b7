package dev.muster.fleet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// Holds the newest board. Readers take it without a lock; listeners hear that there is a newer one
/// and must return at once.
public final class BoardKeeper {
    private final AtomicReference<FleetBoard> board = new AtomicReference<>(FleetBoard.empty());
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public FleetBoard now() {
        return board.get();
    }

    /// Swaps in the board that `change` makes; `change` may run more than once.
    public void update(UnaryOperator<FleetBoard> change) {
        FleetBoard before;
        FleetBoard after;
        do {
            before = board.get();
            after = change.apply(before);
        } while (!board.compareAndSet(before, after));
        if (before != after) {
            listeners.forEach(Runnable::run);
        }
    }

    /// @return to be run when the listener has heard enough
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
