package dev.muster.fleet;

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

/// A session's terminal: seen, opened.
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
    /// @param history lines that have scrolled away and are shown first
    public TerminalChannel terminal(
            SessionId id, AttachCommand.Mode mode, int history, TerminalSize size)
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
            TerminalChannel terminal =
                    keeper.link().terminal(AttachCommand.of(id, mode, history), size);
            return AttachCommand.printsFirst(mode, history) ? new PrintedFirst(terminal) : terminal;
        } catch (LinkException e) {
            throw Refused.of(Kind.UNREACHABLE, e.failure().detail(), "`muster doctor " + host + "`")
                    .on(host);
        }
    }
}
