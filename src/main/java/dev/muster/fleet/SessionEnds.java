package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.link.RunResult;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Ends sessions, and takes them off their hosts. Comes back as done, or as a {@link Refused} that
/// says why not; one whose outcome is not known says that.
public final class SessionEnds {
    /// How long an agent may take to end after it was asked to.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final SessionReach reach;

    public SessionEnds(Fleet fleet) {
        this.fleet = fleet;
        this.reach = new SessionReach(fleet);
    }

    /// Ends a session's agent. Its worktree and its files stay.
    ///
    /// @param by who asked, for the record
    /// @return one sentence
    public String stop(SessionId id, String by) throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        String name = session.spec().name();
        if (session.ended()) {
            return name + " has ended already: " + session.state().word();
        }
        HostKeeper keeper = reach.keeper(session);
        String hexBy = HexFormat.of().formatHex(by.getBytes(StandardCharsets.UTF_8));
        Script script =
                HostScript.named("stop", id.value(), hexBy, Long.toString(GRACE.toSeconds()));
        RunResult result = reach.run(keeper, script, "stopping " + name);
        String answer = result.outText().strip();
        switch (answer) {
            case "none" ->
                    throw Refused.of(
                                    Kind.UNKNOWN,
                                    name + " is not on " + keeper.host().name() + " yet",
                                    "look at `muster status`, then stop it again")
                            .on(keeper.host().name());
            case "stopped", "killed", "ended before" -> {
                awaitEnd(id);
                return answer.equals("killed")
                        ? name + " did not end when asked, and was killed"
                        : name + " is stopped";
            }
            default -> throw SessionReach.failed(keeper, "stopping " + name, result);
        }
    }

    /// Takes a session off its host with its worktree, if nothing is lost by that.
    ///
    /// @param force stops it if it runs, and saves in the repo what would be lost
    public Removing.Removed remove(SessionId id, boolean force, String by)
            throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        String name = session.spec().name();
        HostKeeper keeper = reach.keeper(session);
        if (!session.ended()) {
            if (!force) {
                throw Refused.of(
                                Kind.WOULD_LOSE,
                                name + " is " + session.state().word(),
                                "`muster stop "
                                        + name
                                        + "` first, or `muster rm --force "
                                        + name
                                        + "`")
                        .on(session.spec().host())
                        .withFindings(List.of("its agent runs"));
            }
            stop(id, by);
        }
        fleet.memory()
                .askRemoval(
                        keeper.host().name(),
                        new Memory.RemovalOrder(id, reach.session(id).run(), force));
        return keeper.remove(reach.session(id), force);
    }

    /// The journal tells the rest: waits for it, so that the answer and the board agree.
    private void awaitEnd(SessionId id) throws InterruptedException {
        fleet.board()
                .await(
                        board -> board.session(id).map(Session::ended).orElse(true),
                        Duration.ofSeconds(5));
    }
}
