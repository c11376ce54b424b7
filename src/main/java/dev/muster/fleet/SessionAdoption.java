package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Host;
import dev.muster.link.RunResult;
import dev.muster.session.Adopted;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.shell.HostScript;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes over sessions that this service did not start: a person's own, or another service's.
public final class SessionAdoption {
    /// How long an agent may take to end after it was asked to.
    private static final Duration GRACE = Duration.ofSeconds(12);

    private static final Duration TOLD = Duration.ofSeconds(10);

    private final Fleet fleet;
    private final SessionReach reach;

    public SessionAdoption(Fleet fleet) {
        this.fleet = fleet;
        this.reach = new SessionReach(fleet);
    }

    /// Makes a session this service's own.
    ///
    /// @param stop ends an agent that a person started and that still runs
    /// @param name of one that a person started, from now on; null: as it is shown
    /// @return one sentence
    public String adopt(SessionId id, boolean stop, @Nullable String name)
            throws Refused, InterruptedException {
        Session session = reach.session(id);
        if (!session.spec().managed()) {
            return goOn(session, stop, name);
        }
        if (session.spec().owner().equals(fleet.identity().id())) {
            throw Refused.of(
                            Kind.CONFLICT,
                            session.spec().name() + " is this service's already",
                            null)
                    .on(session.spec().host());
        }
        return takeOver(session);
    }

    /// Another service's: it goes on as it is, only who acts on it changes.
    private String takeOver(Session session) throws Refused, InterruptedException {
        SessionSpec spec = session.spec();
        String me = fleet.identity().id();
        HostKeeper keeper = reach.keeper(session);
        String what = "taking over " + spec.name();
        RunResult result =
                reach.run(
                        keeper, HostScript.named("own", spec.id().value(), spec.owner(), me), what);
        switch (result.outText().strip()) {
            case "owned" -> {
                // The journal tells both services.
                fleet.board()
                        .await(
                                board ->
                                        board.session(spec.id())
                                                .map(s -> s.spec().owner().equals(me))
                                                .orElse(true),
                                TOLD);
                return spec.name() + " is this service's now; it was " + spec.owner() + "'s";
            }
            case "other" ->
                    throw Refused.of(
                                    Kind.CONFLICT,
                                    spec.name() + " was taken over by somebody else just now",
                                    "`muster status " + spec.name() + "` says who has it")
                            .on(spec.host());
            case "none" ->
                    throw Refused.of(
                                    Kind.NOT_FOUND,
                                    spec.name() + " is not on " + spec.host() + " any more",
                                    null)
                            .on(spec.host());
            default -> throw SessionReach.failed(keeper, what, result);
        }
    }

    private String goOn(Session byHand, boolean stop, @Nullable String name)
            throws Refused, InterruptedException {
        SessionSpec seen = byHand.spec();
        Adopted from = Objects.requireNonNull(seen.adopted(), "one that a person started");
        HostKeeper keeper = reach.reachable(seen.host());
        alone(byHand, from);
        String called = name == null ? seen.name() : name;
        checkName(keeper, byHand, called);
        Host host = keeper.host();
        LaunchOrder order =
                new StartPlan(fleet.hosts(), fleet.identity().id())
                        .adopt(
                                Adopting.spec(
                                        byHand,
                                        fleet.hosts(),
                                        host,
                                        fleet.identity().id(),
                                        called,
                                        fleet.clock().instant()));
        if (!byHand.ended()) {
            if (!stop) {
                throw stillRuns(byHand);
            }
            end(keeper, byHand, from);
        }
        SessionStarts.writeDown(keeper, order);
        SessionStarts.deliver(keeper, order);
        return called + " is Muster's now, and goes on in " + seen.repoPath();
    }

    /// Two agents that write on in one conversation each lose what the other one did.
    private void alone(Session byHand, Adopted from) throws Refused {
        Optional<Session> other =
                fleet.board()
                        .now()
                        .sessions()
                        .filter(s -> s.spec().host().equals(byHand.spec().host()))
                        .filter(s -> !s.ended() && !s.id().equals(byHand.id()))
                        .filter(
                                s ->
                                        s.spec().conversation().equals(from.conversation())
                                                || from.conversation()
                                                        .equals(s.activity().conversation()))
                        .findFirst();
        if (other.isPresent()) {
            throw Refused.of(
                            Kind.WOULD_LOSE,
                            "the conversation of "
                                    + byHand.spec().name()
                                    + " goes on in "
                                    + other.get().spec().name(),
                            "adopt that one, or end it first")
                    .on(byHand.spec().host());
        }
    }

    private static Refused stillRuns(Session byHand) {
        SessionSpec seen = byHand.spec();
        return Refused.of(
                        Kind.WOULD_LOSE,
                        seen.name()
                                + " still runs where it was started ("
                                + byHand.state().word()
                                + ", process "
                                + byHand.pid()
                                + "): two agents on one conversation lose work",
                        "`muster adopt --stop "
                                + seen.name()
                                + "` ends it there and goes on with its conversation in "
                                + seen.repoPath()
                                + ", in a terminal of Muster's")
                .on(seen.host())
                .withFindings(List.of("its agent runs"));
    }

    private void end(HostKeeper keeper, Session byHand, Adopted from)
            throws Refused, InterruptedException {
        String name = byHand.spec().name();
        String folder = from.configFolder() == null ? AgentFolders.DEFAULT : from.configFolder();
        RunResult result =
                reach.run(
                        keeper,
                        HostScript.named(
                                "end-stray",
                                folder,
                                String.valueOf(byHand.pid()),
                                from.conversation(),
                                Long.toString(GRACE.toSeconds())),
                        "ending " + name);
        switch (result.outText().strip()) {
            case "ended" -> {}
            case "other" ->
                    throw Refused.of(
                                    Kind.CONFLICT,
                                    name + " has just begun another conversation",
                                    "look at `muster status`, then adopt it again")
                            .on(byHand.spec().host());
            case "alive" ->
                    throw Refused.of(
                                    Kind.FAILED,
                                    name
                                            + " was asked to end and still runs after "
                                            + GRACE.toSeconds()
                                            + " s",
                                    "end it where it runs, then `muster adopt " + name + "`")
                            .on(byHand.spec().host());
            default -> throw SessionReach.failed(keeper, "ending " + name, result);
        }
    }

    private static void checkName(HostKeeper keeper, Session byHand, String name) throws Refused {
        if (!AskedNames.SESSION.matcher(name).matches()) {
            throw Refused.of(
                    Kind.USAGE,
                    "`" + name + "` can't be a session's name",
                    "give it one with --name: letters, digits, `.`, `_` and `-`");
        }
        boolean taken =
                keeper.ledger().sessions().stream()
                        .anyMatch(s -> s.spec().name().equals(name) && !s.id().equals(byHand.id()));
        if (taken) {
            throw Refused.of(
                            Kind.CONFLICT,
                            "a session named "
                                    + name
                                    + " is on "
                                    + keeper.host().name()
                                    + " already",
                            "give this one another name: `muster adopt "
                                    + byHand.spec().name()
                                    + " --name NAME`")
                    .on(keeper.host().name());
        }
    }
}
