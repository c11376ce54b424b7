package dev.muster.fleet;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.link.TerminalChannel;
import dev.muster.link.TerminalSize;
import dev.muster.session.AttachCommand;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.State;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.nio.charset.StandardCharsets;

/// A session's terminal: seen, opened, typed into.
public final class SessionTerminals {
    private final SessionReach reach;

    public SessionTerminals(Fleet fleet) {
        this.reach = new SessionReach(fleet);
    }

    /// The last lines of a session's terminal, without escape sequences.
    public String screen(SessionId id, int lines) throws Refused, InterruptedException {
        Session session = reach.session(id);
        HostKeeper keeper = reach.keeper(session);
        RunResult result =
                reach.run(
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
        Session session = reach.session(id);
        String name = session.spec().name();
        if (mode != AttachCommand.Mode.READ_ONLY) {
            reach.mine(session);
        }
        String host = session.spec().host();
        if (session.state().lifecycle() == State.Lifecycle.QUEUED) {
            throw Refused.of(
                            Kind.CONFLICT,
                            name + " has no terminal yet: it waits for " + host,
                            "`muster log -f " + name + "` shows when it starts")
                    .on(host);
        }
        HostKeeper keeper = reach.keeper(session);
        try {
            return keeper.link().terminal(AttachCommand.of(id, mode), size);
        } catch (LinkException e) {
            throw Refused.of(Kind.UNREACHABLE, e.failure().detail(), "`muster doctor " + host + "`")
                    .on(host);
        }
    }

    /// Types a text into a session's terminal and submits it.
    ///
    /// @param promptId makes a repeated request type nothing twice
    /// @param raw not guarded: a leading `/` or `!` is the agent's command
    /// @return one sentence
    public String send(SessionId id, String promptId, String text, boolean raw)
            throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
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
        HostKeeper keeper = reach.keeper(session);
        Script script =
                HostScript.named("send", id.value(), promptId, Integer.toString(bytes.length))
                        .withInput(bytes);
        RunResult result = reach.run(keeper, script, "sending to " + name);
        return switch (result.outText().strip()) {
            case "sent", "sent before" ->
                    "typed into " + name + "; its agent does not confirm what it reads";
            case "ended", "none" -> throw ended(reach.session(id));
            case "unknown" ->
                    throw Refused.of(
                                    Kind.UNKNOWN,
                                    "the text to "
                                            + name
                                            + " was cut short: it may have been typed",
                                    "`muster peek " + name + "` shows its screen")
                            .on(keeper.host().name());
            default -> throw SessionReach.failed(keeper, "sending to " + name, result);
        };
    }

    /// Interrupts what a session's agent does, without ending it.
    public String interrupt(SessionId id) throws Refused, InterruptedException {
        Session session = reach.mine(reach.session(id));
        String name = session.spec().name();
        if (session.ended()) {
            throw ended(session);
        }
        HostKeeper keeper = reach.keeper(session);
        String key = Agents.of(session.spec().agentType()).interruptKey();
        RunResult result =
                reach.run(keeper, HostScript.named("key", id.value(), key), "interrupting " + name);
        return switch (result.outText().strip()) {
            case "pressed" -> key + " was pressed in " + name;
            case "ended" -> throw ended(reach.session(id));
            default -> throw SessionReach.failed(keeper, "interrupting " + name, result);
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
}
