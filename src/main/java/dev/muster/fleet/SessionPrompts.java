package dev.muster.fleet;

import dev.muster.agent.Agent;
import dev.muster.agent.AgentEvent.Stance;
import dev.muster.agent.Agents;
import dev.muster.agent.Digest;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.RunResult;
import dev.muster.session.Activity;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What is said to an agent that runs: prompts, and interrupts. Where the agent says what it took,
/// that alone counts as delivered.
public final class SessionPrompts {
    /// An agent says within a second what it took; a busy host may take longer.
    private static final Duration TAKEN = Duration.ofSeconds(15);

    /// A turn ends within a second; on a busy host it may take three times as long as this.
    private static final Duration STOPS = Duration.ofSeconds(5);

    private static final int LOOKS_AGAIN = 2;

    private static final byte[] NOTHING = {};

    /// For [Memory#prompted]: a prompt of whatever text.
    private static final String ANY = "";

    private final Fleet fleet;
    private final SessionReach reach;
    private final SessionStreams streams;

    public SessionPrompts(Fleet fleet) {
        this.fleet = fleet;
        this.reach = new SessionReach(fleet);
        this.streams = new SessionStreams(fleet, reach);
    }

    /// Types a text into a session's terminal, submits it, and waits until its agent says that it
    /// took it.
    ///
    /// @param promptId makes a repeated request type nothing twice
    /// @param raw not guarded: a leading `/` or `!` is the agent's command
    /// @param now even where a person is typing
    /// @return one sentence
    public String send(SessionId id, String promptId, String text, boolean raw, boolean now)
            throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        Texts.check("the text", text);
        if (text.isBlank()) {
            throw Refused.of(Kind.USAGE, "the text is empty", null);
        }
        if (!SessionId.isValid(promptId)) {
            throw Refused.of(Kind.USAGE, "a prompt's id is a ULID, not: " + promptId, null);
        }
        Agent agent = Agents.of(session.spec().agentType());
        String typed = raw ? text : agent.guarded(text);
        if (session.spec().headless() != null) {
            if (session.ended()) {
                throw ended(session);
            }
            return streams.send(session, promptId, typed);
        }
        // What it takes for a command of its own it does not call a prompt.
        boolean tells = agent.speaks() && typed.equals(agent.guarded(typed));
        String digest = Digest.of(agent.heard(typed));
        HostLedger ledger = reach.keeper(session).ledger();
        int before = tells ? ledger.prompted(id, digest) : 0;
        int any = tells ? ledger.prompted(id, ANY) : 0;
        String word = type(session, promptId, typed.getBytes(StandardCharsets.UTF_8), now);
        String name = session.spec().name();
        if (word.equals("sent before")) {
            before = 0;
            any = 0;
        }
        if (!tells) {
            return "typed into " + name + "; its agent does not confirm what it reads";
        }
        // What somebody was typing there makes one prompt with it.
        if (now ? taken(ledger, id, ANY, any) : taken(ledger, id, digest, before)) {
            return ledger.prompted(id, digest) > before
                    ? "delivered to " + name
                    : "delivered to " + name + ", in one prompt with what was being typed there";
        }
        if (ledger.prompted(id, ANY) > any) {
            throw Refused.of(
                            Kind.FAILED,
                            "the text was typed into "
                                    + name
                                    + " as somebody else typed there: its agent took a prompt, but"
                                    + " not this text alone",
                            "`muster log " + name + "` shows what it took")
                    .on(session.spec().host());
        }
        throw Refused.of(
                        Kind.FAILED,
                        "the text was typed into "
                                + name
                                + ", but its agent did not take it: it may stand in its input line",
                        "`muster peek " + name + "` shows its screen")
                .on(session.spec().host());
    }

    /// Types the first prompt of a session that got none with its command line.
    ///
    /// @return whether there was one
    boolean first(Session session) throws Refused, InterruptedException {
        try {
            return !type(session, session.id().value(), NOTHING, false).isEmpty();
        } catch (Refused e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /// @return `sent` or `sent before`
    private String type(Session session, String promptId, byte[] bytes, boolean now)
            throws Refused, InterruptedException {
        String name = session.spec().name();
        boolean first = promptId.equals(session.id().value());
        ready(session);
        HostKeeper keeper = reach.keeper(session);
        String line = Agents.of(session.spec().agentType()).inputLine();
        Script script =
                HostScript.named(
                                "send",
                                session.id().value(),
                                promptId,
                                first ? "first" : Integer.toString(bytes.length),
                                now && !line.equals("-") ? line + "-now" : line)
                        .withInput(bytes);
        RunResult result = reach.run(keeper, script, "sending to " + name);
        String word = result.outText().strip();
        return switch (word) {
            case "sent", "sent before" -> word;
            case "none" -> throw Refused.of(Kind.NOT_FOUND, name + " has no such prompt", null);
            case "ended" -> throw ended(reach.session(session.id()));
            case "dialog" -> throw dialog(session);
            case "typing" ->
                    throw Refused.of(
                                    Kind.CONFLICT,
                                    "somebody is typing in " + name + ": nothing was sent",
                                    "wait, or send it --now into what stands there")
                            .on(keeper.host().name());
            case "unsent" ->
                    throw Refused.of(
                                    Kind.CONFLICT,
                                    name
                                            + " asked something while the text was typed: it stands"
                                            + " in its input line, and was not submitted",
                                    "`muster inbox`, then `muster attach " + name + "`")
                            .on(keeper.host().name());
            case "disk" ->
                    throw Refused.of(
                                    Kind.FAILED,
                                    "the text could not be written down on "
                                            + keeper.host().name()
                                            + ": its disk is full or its home is read-only",
                                    "make room there, then send it again")
                            .on(keeper.host().name());
            case "unknown" ->
                    throw Refused.of(
                                    Kind.UNKNOWN,
                                    "the text to "
                                            + name
                                            + " was cut short: it may have been typed",
                                    "`muster log " + name + "` says what its agent took")
                            .on(keeper.host().name());
            default -> throw SessionReach.failed(keeper, "sending to " + name, result);
        };
    }

    private static void ready(Session session) throws Refused {
        String name = session.spec().name();
        if (session.ended()) {
            throw ended(session);
        }
        if (!Agents.of(session.spec().agentType()).speaks()) {
            return;
        }
        if (session.activity().stance() == Stance.WAITING
                || !session.activity().requests().isEmpty()) {
            throw dialog(session);
        }
        if (!session.activity().ready()) {
            throw Refused.of(
                            Kind.CONFLICT,
                            name + " is " + session.state().word() + ": it takes no prompt yet",
                            session.state() instanceof State.Blocked
                                    ? "muster attach " + name
                                    : "muster log -f " + name + " shows when it does")
                    .on(session.spec().host());
        }
    }

    private static Refused dialog(Session session) {
        String name = session.spec().name();
        return Refused.of(
                        Kind.CONFLICT,
                        "a dialog stands before the prompt of " + name + ": nothing was typed",
                        "`muster inbox` shows what it asks; else muster attach " + name)
                .on(session.spec().host());
    }

    private boolean taken(HostLedger ledger, SessionId id, String digest, int before)
            throws InterruptedException {
        Object[] seen = {null};
        return fleet.board()
                .await(
                        board -> {
                            Object session = board.session(id).orElse(null);
                            // Each event makes its session anew.
                            if (session != null && session == seen[0]) {
                                return false;
                            }
                            seen[0] = session;
                            return ledger.prompted(id, digest) > before;
                        },
                        TAKEN);
    }

    /// Interrupts what a session's agent does, without ending it.
    ///
    /// @return one sentence: where the agent says so, that it stopped
    public String interrupt(SessionId id) throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        String name = session.spec().name();
        if (session.ended()) {
            throw ended(session);
        }
        if (session.spec().headless() != null) {
            return streams.interrupt(session);
        }
        Agent agent = Agents.of(session.spec().agentType());
        if (agent.speaks()) {
            if (!session.activity().requests().isEmpty()) {
                throw Refused.of(
                                Kind.CONFLICT,
                                name + " waits for an answer, and does nothing to interrupt",
                                "muster deny "
                                        + session.activity().requests().getFirst().id()
                                        + " --interrupt")
                        .on(session.spec().host());
            }
            if (!session.activity().busy()) {
                throw Refused.of(
                                Kind.CONFLICT,
                                name
                                        + " is "
                                        + session.state().word()
                                        + ", not working: there is nothing to interrupt",
                                null)
                        .on(session.spec().host());
            }
        }
        String key = agent.interruptKey();
        press(session, key);
        if (!agent.speaks()) {
            return key + " was pressed in " + name + "; its agent does not confirm it";
        }
        boolean stopped = stops(session);
        for (int again = 0; !stopped && again < LOOKS_AGAIN; again++) {
            if (agent.interruptsAgain()) {
                press(session, key);
            }
            stopped = stops(session);
        }
        if (!stopped) {
            throw Refused.of(
                            Kind.FAILED,
                            key + " was pressed in " + name + ", and it is still working",
                            "`muster peek " + name + "` shows its screen; muster stop ends it")
                    .on(session.spec().host());
        }
        return name + " is interrupted";
    }

    private void press(Session session, String key) throws Refused, InterruptedException {
        String doing = "interrupting " + session.spec().name();
        HostKeeper keeper = reach.keeper(session);
        RunResult result =
                reach.run(keeper, HostScript.named("key", session.id().value(), key), doing);
        switch (result.outText().strip()) {
            case "pressed" -> {}
            case "ended" -> throw ended(reach.session(session.id()));
            case "dialog" -> throw dialog(session);
            default -> throw SessionReach.failed(keeper, doing, result);
        }
    }

    /// Waits a while until it works no more.
    private boolean stops(Session session) throws InterruptedException {
        return fleet.board()
                .await(
                        board ->
                                board.session(session.id())
                                        .map(Session::activity)
                                        .filter(Activity::busy)
                                        .isEmpty(),
                        STOPS);
    }

    static Refused ended(Session session) {
        String name = session.spec().name();
        return Refused.of(
                        Kind.CONFLICT,
                        name + " is " + session.state().word() + ": nobody is there to read",
                        "`muster resume " + name + "` brings it back")
                .on(session.spec().host());
    }
}
