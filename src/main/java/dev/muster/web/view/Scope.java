package dev.muster.web.view;

import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.util.Set;

/// What part of the board a client asked for.
public sealed interface Scope {
    boolean holds(Session session);

    /// Whether a host's own row belongs to it.
    ///
    /// @param any whether one of its sessions does
    boolean holdsHost(String host, boolean any);

    record Everything() implements Scope {
        @Override
        public boolean holds(Session session) {
            return true;
        }

        @Override
        public boolean holdsHost(String host, boolean any) {
            return true;
        }
    }

    /// @param hosts with all their sessions, those to come included
    /// @param sessions besides, with the rows of their hosts
    record Part(Set<String> hosts, Set<SessionId> sessions) implements Scope {
        @Override
        public boolean holds(Session session) {
            return hosts.contains(session.spec().host()) || sessions.contains(session.id());
        }

        @Override
        public boolean holdsHost(String host, boolean any) {
            return any || hosts.contains(host);
        }
    }
}
