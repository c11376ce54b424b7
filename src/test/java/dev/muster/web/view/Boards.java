package dev.muster.web.view;

import dev.muster.agent.AgentEvent;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.fleet.HostStatus;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import dev.muster.session.TestSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Small boards for tests.
public final class Boards {
    static final Instant T0 = Instant.parse("2026-11-20T17:00:00Z");

    private Boards() {}

    public static SessionId id(int number) {
        return new SessionId("01" + "0".repeat(22) + String.format("%02d", number));
    }

    public static Session session(int number, String host, String name) {
        return Session.asked(spec(number, "service1", host, name));
    }

    /// One that a person started, and that waits for what it stands before on its screen.
    static Session byHand(int number, String host, String name) {
        return Session.byHand(
                spec(number, SessionSpec.NOBODY, host, name),
                42,
                new AgentEvent.Standing(AgentEvent.Stance.WAITING, "permission prompt"),
                new State.Finished(null),
                T0,
                T0);
    }

    private static SessionSpec spec(int number, String owner, String host, String name) {
        return TestSpec.of(id(number), T0)
                .owner(owner)
                .name(name)
                .on(host, "app")
                .inWorktree()
                .build();
    }

    public static Session running(int number, String host, String name) {
        return session(number, host, name).apply(new SessionEvent.Started(T0, 1, 42));
    }

    public static HostStatus online(String host, Instant heard) {
        return HostStatus.connecting(host, "local", T0)
                .to(HostState.ONLINE, null, T0)
                .heard(heard, null);
    }

    public static FleetBoard board(Session... sessions) {
        FleetBoard board = FleetBoard.empty();
        for (Session session : sessions) {
            String host = session.spec().host();
            if (board.host(host).isEmpty()) {
                board = board.withStatus(online(host, T0));
            }
            board = board.withSessions(host, List.of(session), Set.of());
        }
        return board;
    }
}
