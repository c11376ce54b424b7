package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.shell.Script;
import java.time.Duration;

/// What every action on a session begins with: whose it is, where it is, and whether its host can
/// be asked.
final class SessionReach {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// How long a start waits for a host that is being connected for the first time.
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    private final Fleet fleet;

    SessionReach(Fleet fleet) {
        this.fleet = fleet;
    }

    Session session(SessionId id) throws Refused {
        return fleet.board()
                .now()
                .session(id)
                .orElseThrow(() -> Refused.of(Kind.NOT_FOUND, "no session " + id, null));
    }

    /// @throws Refused when another service owns it
    Session mine(Session session) throws Refused {
        if (!session.spec().managed()) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            session.spec().name()
                                    + " was started by hand: Muster only shows how it stands",
                            "`muster adopt " + session.spec().name() + "` takes it over")
                    .on(session.spec().host());
        }
        if (!session.spec().owner().equals(fleet.identity().id())) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            session.spec().name()
                                    + " belongs to another Muster service ("
                                    + session.spec().owner()
                                    + ")",
                            "act on it from there, or `muster adopt " + session.spec().name() + "`")
                    .on(session.spec().host());
        }
        return session;
    }

    HostKeeper keeper(Session session) throws Refused {
        String host = session.spec().host();
        return fleet.keeper(host)
                .orElseThrow(
                        () ->
                                Refused.of(
                                                Kind.UNREACHABLE,
                                                host + " is not in hosts.yaml any more",
                                                "put it back, or `muster forget " + host + "`")
                                        .on(host));
    }

    RunResult run(HostKeeper keeper, Script script, String what)
            throws Refused, InterruptedException {
        String host = keeper.host().name();
        Link link;
        try {
            link = keeper.link();
        } catch (LinkException e) {
            throw Refused.of(Kind.UNREACHABLE, e.failure().detail(), "`muster doctor " + host + "`")
                    .on(host);
        }
        try {
            return link.run(script, SOON);
        } catch (LinkException e) {
            throw Refused.of(
                            Kind.UNKNOWN,
                            what + ": the connection to " + host + " broke before it answered",
                            "the outcome shows in `muster status` when it is back")
                    .on(host);
        }
    }

    /// A host that can be asked now; one that is just being connected is waited for.
    HostKeeper reachable(String host) throws Refused, InterruptedException {
        HostKeeper keeper =
                fleet.keeper(host)
                        .orElseThrow(
                                () ->
                                        Refused.of(
                                                Kind.NOT_FOUND,
                                                "no host `" + host + "` in hosts.yaml",
                                                "hosts there: "
                                                        + String.join(
                                                                ", ",
                                                                fleet.hosts().hosts().keySet())));
        fleet.board()
                .await(board -> status(board, host).state() != HostState.CONNECTING, CONNECTING);
        HostStatus status = status(fleet.board().now(), host);
        if (!status.online()) {
            throw unreachable(status);
        }
        return keeper;
    }

    static Refused failed(HostKeeper keeper, String what, RunResult result) {
        String host = keeper.host().name();
        return Refused.of(
                        Kind.FAILED,
                        what + " failed on " + host,
                        "try again; `muster doctor " + host + "` looks at what is needed there")
                .on(host)
                .withOutput(result.outText() + result.errText());
    }

    private static HostStatus status(FleetBoard board, String host) {
        return board.host(host)
                .map(FleetBoard.Entry::status)
                .orElseThrow(() -> new IllegalStateException(host + " is not on the board"));
    }

    private static Refused unreachable(HostStatus status) {
        String name = status.name();
        String sentence =
                name
                        + " is "
                        + status.state().word()
                        + (status.detail() == null ? "" : ": " + status.detail());
        return switch (status.state()) {
            case LOCKED ->
                    Refused.of(Kind.NOT_ALLOWED, sentence, "`muster unlock " + name + "`").on(name);
            case HOST_KEY_UNKNOWN, HOST_KEY_CHANGED ->
                    Refused.of(Kind.NOT_ALLOWED, sentence, "`muster hosts trust " + name + "`")
                            .on(name);
            case AUTH_FAILED ->
                    Refused.of(
                                    Kind.NOT_ALLOWED,
                                    sentence,
                                    (status.secret() == null
                                                    ? "`muster doctor "
                                                    : "`muster unlock ")
                                            + name
                                            + "`")
                            .on(name);
            case ONLINE, CONNECTING, OFFLINE, PENALISED, DISABLED ->
                    Refused.of(Kind.UNREACHABLE, sentence, "`muster doctor " + name + "`").on(name);
        };
    }
}
