package dev.muster.web.mcp;

import dev.muster.fleet.FleetBoard;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an agent waits for: that one of some sessions comes to rest, which is to say that it waits
/// for somebody, is idle, has ended or is gone.
///
/// @param before the board that the agent has seen; what rested there already is no news
/// @param wanted empty for every session
record Awaited(Optional<FleetBoard> before, List<SessionId> wanted) {

    /// Those that have come to rest, as they are now, or were when they went.
    List<Session> rested(FleetBoard now) {
        return sessions(now).filter(session -> isNews(session, now)).toList();
    }

    private Stream<Session> sessions(FleetBoard now) {
        Stream<SessionId> ids =
                wanted.isEmpty()
                        ? Stream.concat(
                                now.sessions().map(Session::id),
                                before.stream().flatMap(FleetBoard::sessions).map(Session::id))
                        : wanted.stream();
        return ids.distinct().flatMap(id -> now.session(id).or(() -> seen(id)).stream());
    }

    private boolean isNews(Session session, FleetBoard now) {
        if (now.session(session.id()).isEmpty()) {
            return true;
        }
        boolean same =
                seen(session.id())
                        .filter(old -> old.since().equals(session.since()))
                        .filter(old -> old.state().word().equals(session.state().word()))
                        .isPresent();
        return !same && rests(session.state());
    }

    private Optional<Session> seen(SessionId id) {
        return before.flatMap(board -> board.session(id));
    }

    static boolean rests(State state) {
        return switch (state) {
            case State.Queued s -> false;
            case State.Preparing s -> false;
            case State.Starting s -> false;
            case State.Working s -> false;
            case State.RateLimited s -> false;
            case State.NeedsApproval s -> true;
            case State.NeedsInput s -> true;
            case State.Idle s -> true;
            case State.Blocked s -> true;
            case State.Finished s -> true;
            case State.Failed s -> true;
            case State.Crashed s -> true;
            case State.Stopped s -> true;
            case State.Lost s -> true;
        };
    }
}
