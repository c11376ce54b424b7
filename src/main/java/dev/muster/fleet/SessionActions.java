package dev.muster.fleet;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.fleet.Refused.Kind;
import dev.muster.git.WorktreeDiff;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import dev.muster.session.AttachCommand;
import dev.muster.session.HostFacts;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// What people do to sessions. Each action is written down before it is tried, and comes back as
/// done or as a {@link Refused} that says why not; one whose outcome is not known says that.
public final class SessionActions {
    private static final Logger LOG = Logger.getLogger(SessionActions.class);
    private static final Duration SOON = Duration.ofSeconds(20);

    /// How long a start waits for a host that is being connected for the first time.
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    /// How long an agent may take to end after it was asked to.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final ReentrantLock naming = new ReentrantLock();

    public SessionActions(Fleet fleet) {
        this.fleet = fleet;
    }

    /// Starts a session, or finds the one that was started with this id.
    ///
    /// @return the session as it is once it was written down and handed to its host
    public Session start(StartAsk ask) throws Refused, InterruptedException {
        Optional<Session> before = fleet.board().now().session(ask.id());
        if (before.isPresent()) {
            return before.get();
        }
        HostKeeper keeper = reachable(ask.host());
        LaunchOrder order;
        naming.lock();
        try {
            // Found on its host meanwhile, or asked for by the same request sent twice.
            before = fleet.board().now().session(ask.id());
            if (before.isPresent()) {
                return before.get();
            }
            Set<String> taken =
                    keeper.ledger().sessions().stream()
                            .map(session -> session.spec().name())
                            .collect(Collectors.toSet());
            order =
                    new StartPlan(fleet.hosts(), fleet.identity().id())
                            .order(ask, taken, home(keeper), fleet.clock().instant());
            keeper.ledger().ask(order);
        } finally {
            naming.unlock();
        }
        deliver(keeper, order);
        return session(ask.id());
    }

    /// Brings an ended session back as its next run.
    public Session resume(SessionId id) throws Refused, InterruptedException {
        Session session = mine(session(id));
        if (session.state() instanceof State.Lost) {
            throw Refused.of(
                            Kind.CONFLICT,
                            session.spec().name() + " is lost: nothing of it is on its host",
                            "start a new session")
                    .on(session.spec().host());
        }
        if (!session.ended()) {
            throw Refused.of(
                            Kind.CONFLICT,
                            session.spec().name() + " is " + session.state().word(),
                            "`muster attach " + session.spec().name() + "` shows it")
                    .on(session.spec().host());
        }
        HostKeeper keeper = reachable(session.spec().host());
        LaunchOrder order =
                new StartPlan(fleet.hosts(), fleet.identity().id())
                        .again(
                                session.spec(),
                                session.run() + 1,
                                session.activity().conversation(),
                                Optional.ofNullable(session.spec().promptHead()).orElse(""));
        keeper.ledger().ask(order);
        deliver(keeper, order);
        return session(id);
    }

    private static void deliver(HostKeeper keeper, LaunchOrder order) throws InterruptedException {
        try {
            keeper.deliver(order);
        } catch (LinkException e) {
            // Written down: it goes out with the next connection, under the same id.
            LOG.infof(
                    "%s: %s waits for the connection: %s",
                    keeper.host().name(), order.spec().id(), e.getMessage());
        }
    }

    /// Ends a session's agent. Its worktree and its files stay.
    ///
    /// @param by who asked, for the record
    /// @return one sentence
    public String stop(SessionId id, String by) throws Refused, InterruptedException {
        Session session = mine(session(id));
        String name = session.spec().name();
        if (session.ended()) {
            return name + " has ended already: " + session.state().word();
        }
        HostKeeper keeper = keeper(session);
        String hexBy = HexFormat.of().formatHex(by.getBytes(StandardCharsets.UTF_8));
        Script script =
                HostScript.named("stop", id.value(), hexBy, Long.toString(GRACE.toSeconds()));
        RunResult result = run(keeper, script, "stopping " + name);
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
            default -> throw failed(keeper, "stopping " + name, result);
        }
    }

    /// Takes a session off its host with its worktree, if nothing is lost by that.
    ///
    /// @param force stops it if it runs, and saves in the repo what would be lost
    public Removing.Removed remove(SessionId id, boolean force, String by)
            throws Refused, InterruptedException {
        Session session = mine(session(id));
        String name = session.spec().name();
        HostKeeper keeper = keeper(session);
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
        fleet.memory().askRemoval(keeper.host().name(), new Memory.RemovalOrder(id, force));
        return keeper.remove(session(id), force);
    }

    /// Everything that a session changed against its base.
    ///
    /// @param limit bytes of patch at most; 0 for the list of files only
    public WorktreeDiff diff(SessionId id, int limit) throws Refused, InterruptedException {
        Session session = session(id);
        String name = session.spec().name();
        HostKeeper keeper = keeper(session);
        String worktree =
                Optional.ofNullable(session.spec().worktree()).orElse(session.spec().repoPath());
        String base = Optional.ofNullable(session.spec().base()).orElse("");
        RunResult result =
                run(
                        keeper,
                        WorktreeDiff.script(
                                worktree,
                                base,
                                Optional.ofNullable(session.startCommit()).orElse(""),
                                limit),
                        "comparing " + name);
        try {
            return WorktreeDiff.parse(result.out(), limit);
        } catch (IllegalArgumentException e) {
            throw failed(keeper, "comparing " + name, result);
        }
    }

    /// Types a text into a session's terminal and submits it.
    ///
    /// @param promptId makes a repeated request type nothing twice
    /// @param raw not guarded: a leading `/` or `!` is the agent's command
    /// @return one sentence
    public String send(SessionId id, String promptId, String text, boolean raw)
            throws Refused, InterruptedException {
        Session session = mine(session(id));
        String name = session.spec().name();
        Texts.check("the text", text);
        if (!SessionId.isValid(promptId)) {
            throw Refused.of(Kind.USAGE, "a prompt's id is a ULID, not: " + promptId, null);
        }
        if (session.ended()) {
            throw ended(session);
        }
        Agent agent = Agents.of(session.spec().agentType());
        byte[] bytes = (raw ? text : agent.guarded(text)).getBytes(StandardCharsets.UTF_8);
        HostKeeper keeper = keeper(session);
        Script script =
                HostScript.named("send", id.value(), promptId, Integer.toString(bytes.length))
                        .withInput(bytes);
        RunResult result = run(keeper, script, "sending to " + name);
        return switch (result.outText().strip()) {
            case "sent", "sent before" ->
                    "typed into " + name + "; its agent does not confirm what it reads";
            case "ended", "none" -> throw ended(session(id));
            case "unknown" ->
                    throw Refused.of(
                                    Kind.UNKNOWN,
                                    "the text to "
                                            + name
                                            + " was cut short: it may have been typed",
                                    "`muster peek " + name + "` shows its screen")
                            .on(keeper.host().name());
            default -> throw failed(keeper, "sending to " + name, result);
        };
    }

    /// Interrupts what a session's agent does, without ending it.
    public String interrupt(SessionId id) throws Refused, InterruptedException {
        Session session = mine(session(id));
        String name = session.spec().name();
        if (session.ended()) {
            throw ended(session);
        }
        HostKeeper keeper = keeper(session);
        String key = Agents.of(session.spec().agentType()).interruptKey();
        RunResult result =
                run(keeper, HostScript.named("key", id.value(), key), "interrupting " + name);
        return switch (result.outText().strip()) {
            case "pressed" -> key + " was pressed in " + name;
            case "ended" -> throw ended(session(id));
            default -> throw failed(keeper, "interrupting " + name, result);
        };
    }

    private static Refused ended(Session session) {
        String name = session.spec().name();
        return Refused.of(
                        Kind.CONFLICT,
                        name + " is " + session.state().word() + ": nobody is there to read",
                        "`muster resume " + name + "` brings it back")
                .on(session.spec().host());
    }

    private static Refused failed(HostKeeper keeper, String what, RunResult result) {
        String host = keeper.host().name();
        return Refused.of(
                        Kind.FAILED,
                        what + " failed on " + host,
                        "try again; `muster doctor " + host + "` looks at what is needed there")
                .on(host)
                .withOutput(result.outText() + result.errText());
    }

    /// The last lines of a session's terminal, without escape sequences.
    public String screen(SessionId id, int lines) throws Refused, InterruptedException {
        Session session = session(id);
        HostKeeper keeper = keeper(session);
        RunResult result =
                run(
                        keeper,
                        HostScript.named("peek", id.value(), Integer.toString(lines)),
                        "looking at " + session.spec().name());
        if (!result.ok()) {
            throw Refused.of(
                            Kind.NOT_FOUND,
                            session.spec().name() + " has no screen: " + session.state().word(),
                            "`muster log " + session.spec().name() + "` says what happened")
                    .on(keeper.host().name());
        }
        return result.outText().stripTrailing() + "\n";
    }

    /// Opens a session's terminal. Where it can be typed into, the session must be this service's.
    ///
    /// @param mode what is on it, and whether it may be typed into
    public TerminalChannel terminal(SessionId id, AttachCommand.Mode mode, TerminalSize size)
            throws Refused, InterruptedException {
        Session session = session(id);
        String name = session.spec().name();
        if (mode != AttachCommand.Mode.READ_ONLY) {
            mine(session);
        }
        String host = session.spec().host();
        if (session.state().lifecycle() == State.Lifecycle.QUEUED) {
            throw Refused.of(
                            Kind.CONFLICT,
                            name + " has no terminal yet: it waits for " + host,
                            "`muster log -f " + name + "` shows when it starts")
                    .on(host);
        }
        HostKeeper keeper = keeper(session);
        try {
            return keeper.link().terminal(AttachCommand.of(id, mode), size);
        } catch (LinkException e) {
            throw Refused.of(Kind.UNREACHABLE, e.failure().detail(), "`muster doctor " + host + "`")
                    .on(host);
        }
    }

    /// The journal tells the rest: waits for it, so that the answer and the board agree.
    private void awaitEnd(SessionId id) throws InterruptedException {
        fleet.board()
                .await(
                        board -> board.session(id).map(Session::ended).orElse(true),
                        Duration.ofSeconds(5));
    }

    Session session(SessionId id) throws Refused {
        return fleet.board()
                .now()
                .session(id)
                .orElseThrow(() -> Refused.of(Kind.NOT_FOUND, "no session " + id, null));
    }

    /// @throws Refused when another service owns it
    Session mine(Session session) throws Refused {
        if (!session.spec().owner().equals(fleet.identity().id())) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            session.spec().name()
                                    + " belongs to another Muster service ("
                                    + session.spec().owner()
                                    + ")",
                            "act on it from there")
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
    private HostKeeper reachable(String host) throws Refused, InterruptedException {
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

    private static String home(HostKeeper keeper) {
        HostFacts facts = keeper.facts();
        return facts == null ? "~" : facts.home();
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
                    Refused.of(Kind.NOT_ALLOWED, sentence, "`muster doctor " + name + "`").on(name);
            case ONLINE, CONNECTING, OFFLINE, PENALISED, DISABLED ->
                    Refused.of(Kind.UNREACHABLE, sentence, "`muster doctor " + name + "`").on(name);
        };
    }
}
