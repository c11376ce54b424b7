package dev.muster.web;

import dev.muster.fleet.Fleet;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.StartAsk;
import dev.muster.fleet.access.TokenScope;
import dev.muster.session.Session;
import dev.muster.session.State;
import dev.muster.web.gate.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;

/// What a token may not do although its scope lets it start and tell agents: whatever would answer
/// an agent's request for permission by another door.
@ApplicationScoped
public class Limits {
    private final CurrentCaller caller;
    private final Fleet fleet;

    Limits(CurrentCaller caller, Fleet fleet) {
        this.caller = caller;
        this.fleet = fleet;
    }

    /// An agent's arguments and environment can switch its questions off.
    public void start(StartAsk ask) throws Refused {
        if (!mayAll() && !(ask.args().isEmpty() && ask.env().isEmpty())) {
            throw Refused.of(
                    Kind.NOT_ALLOWED,
                    "a token can't choose an agent's `args` and `env`: they can switch off its"
                            + " questions",
                    "put them into hosts.yaml, as an agent of its own name, and start that");
        }
    }

    /// A key that submits a text also confirms a dialog, and a raw text can be a shell command.
    ///
    /// @param unguarded whether the text goes to the agent as it is, or past a person who types
    public void send(Session session, boolean unguarded) throws Refused {
        if (mayAll()) {
            return;
        }
        if (unguarded) {
            throw Refused.of(
                    Kind.NOT_ALLOWED,
                    "a token can't send text with `raw` or `now`",
                    "send it without; a person can use `muster send`");
        }
        State state = session.state();
        if (state instanceof State.NeedsApproval || state instanceof State.Blocked) {
            throw Refused.of(
                            Kind.NOT_ALLOWED,
                            session.spec().name()
                                    + " is "
                                    + state.word()
                                    + ": a text sent now could answer its dialog",
                            "wait until a person has answered it: `muster attach "
                                    + session.spec().name()
                                    + "`")
                    .on(session.spec().host());
        }
    }

    /// Answering is for people unless the hosts file says otherwise, and a permission that stands
    /// is for people always.
    ///
    /// @param always whether the answer gives a standing permission
    public void answer(boolean always) throws Refused {
        if (mayAll()) {
            return;
        }
        if (!fleet.hosts().tokens().approve()) {
            throw Refused.of(
                    Kind.NOT_ALLOWED,
                    "a token may not answer what agents ask: hosts.yaml does not say that it may",
                    "a person can answer with `muster inbox`, or write `tokens: { approve: true }`"
                            + " into hosts.yaml");
        }
        if (always) {
            throw Refused.of(
                    Kind.NOT_ALLOWED,
                    "a token can't give a standing permission",
                    "answer without `always`; a person can give one");
        }
    }

    private boolean mayAll() {
        return caller.get().may(TokenScope.OWNER);
    }
}
