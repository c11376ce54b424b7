package dev.muster.web.stream;

import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.Caller;
import java.util.HashMap;
import java.util.Map;

/// How many event streams there may be, so that one client that opens them without end takes no
/// room from the others. The service's own token is many clients, every command and page of its
/// user among them: it has all the room there is.
final class Seats {
    private final int all;
    private final int each;
    private final Map<Caller, Integer> taken = new HashMap<>();
    private int sum;

    /// @param all at once
    /// @param each of these for one token with a scope
    Seats(int all, int each) {
        this.all = all;
        this.each = each;
    }

    /// @throws Crowded when there is no room for it
    synchronized void take(Caller who) throws Crowded {
        int own = taken.getOrDefault(who, 0);
        if (sum >= all) {
            throw new Crowded("the service has " + all + " event streams open, which is its most");
        }
        if (own >= each && !who.may(TokenScope.OWNER)) {
            throw new Crowded(
                    "the "
                            + who.name()
                            + " has "
                            + each
                            + " event streams open, which is its most");
        }
        taken.put(who, own + 1);
        sum++;
    }

    synchronized void leave(Caller who) {
        sum--;
        taken.computeIfPresent(who, (w, own) -> own == 1 ? null : own - 1);
    }
}
