package dev.muster.web;

import dev.muster.fleet.Memory;
import dev.muster.fleet.Refused;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.web.gate.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes down who did what where, and what became of it: done, refused or not known.
@ApplicationScoped
public class Audited {
    private static final Logger LOG = Logger.getLogger(Audited.class);

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

    /// Runs an action on a session and records its outcome.
    <T> T run(String what, Session session, Action<T> action) throws Refused, InterruptedException {
        return run(what, session.spec().host(), session.id(), action);
    }

    /// Runs an action on a host and records its outcome.
    <T> T run(String what, String host, Action<T> action) throws Refused, InterruptedException {
        return run(what, host, null, action);
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
            audit(new Memory.Audit(clock.instant(), who, what, host, session, outcome));
        }
    }

    /// What was done stays done when it can't be recorded, and is answered as that: the log has the
    /// record then.
    private void audit(Memory.Audit entry) {
        try {
            memory.audit(entry);
        } catch (Memory.MemoryException e) {
            LOG.errorf("%s; not recorded: %s", e.getMessage(), entry);
        }
    }
}
