package dev.muster.fleet;

import dev.muster.agent.Agents;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Gives sessions their first prompt that could not go with their command line: on a host where
/// others can list processes, or because it is too long. It lies on the host, which knows whether
/// it was typed.
final class FirstPrompts {
    private static final Logger LOG = Logger.getLogger(FirstPrompts.class);

    private final Fleet fleet;
    private final SessionPrompts prompts;

    /// Sessions that were seen to, once in a life of the service.
    private final Set<SessionId> seen = ConcurrentHashMap.newKeySet();

    FirstPrompts(Fleet fleet) {
        this.fleet = fleet;
        this.prompts = new SessionPrompts(fleet);
    }

    /// @param session on a host that is online
    void look(Session session) {
        boolean due =
                session.run() == 1
                        && !session.ended()
                        && session.activity().ready()
                        && !session.activity().busy()
                        && session.spec().promptHead() != null
                        && session.spec().owner().equals(fleet.identity().id())
                        && Agents.of(session.spec().agentType()).speaks();
        if (due && seen.add(session.id())) {
            Thread.ofVirtual().name("first-prompt").start(() -> give(session));
        }
    }

    private void give(Session session) {
        try {
            // One that has taken a prompt has had its first.
            if (fleet.memory().prompted(session.id(), "") == 0 && prompts.first(session)) {
                LOG.debugf("%s: its first prompt is typed", session.id());
            }
        } catch (Refused e) {
            LOG.infof("%s: its first prompt: %s", session.id(), e.sentence());
            // A connection that broke, a dialog that stands there: tried again.
            seen.remove(session.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
