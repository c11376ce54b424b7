package dev.muster.web;

import dev.muster.fleet.Memory;
import dev.muster.fleet.Refused;
import dev.muster.session.SessionId;
import dev.muster.web.gate.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Writes down who did what where, and what became of it: done, refused or not known.
@ApplicationScoped
public class Audited {
    private final Memory memory;
    private final CurrentCaller caller;
    private final Clock clock;

    Audited(Memory memory, CurrentCaller caller, Clock clock) {
        this.memory = memory;
        this.caller = caller;
        this.clock = clock;
    }

    /// Who asks: the user, or the token that was shown.
    public String who() {
        return caller.get().name();
    }

    /// What is done.
    public interface Action<T> {
        T run() throws Refused, InterruptedException;
    }

    /// Runs an action and records its outcome, whichever it is.
    ///
    /// @param what one word: `stop`
    public <T> T run(
            String what, @Nullable String host, @Nullable SessionId session, Action<T> action)
            throws Refused, InterruptedException {
        String who = who();
        String outcome = "broken off";
        try {
            T result = action.run();
            outcome = "done";
            return result;
        } catch (Refused e) {
            outcome = e.kind().name().toLowerCase(java.util.Locale.ROOT) + ": " + e.sentence();
            throw e;
        } finally {
            memory.audit(new Memory.Audit(clock.instant(), who, what, host, session, outcome));
        }
    }
}
