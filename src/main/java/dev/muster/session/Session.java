package dev.muster.session;

import dev.muster.git.Changes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as far as it is known: the fold of its events.
///
/// @param since when it entered `state`
/// @param asOf when the newest fact about it was true
/// @param estimated the agent has not said itself what it does
/// @param run the run that this is about; 0 before the first was asked for
/// @param pid of the agent in this run
/// @param status how this run ended, as a shell reports it
/// @param stopAsked who asked to stop this run
/// @param startCommit the commit that its worktree was made from
/// @param changes its work against the base, when it was last counted
public record Session(
        SessionSpec spec,
        State state,
        Instant since,
        Instant asOf,
        boolean estimated,
        int run,
        @Nullable Long pid,
        @Nullable Integer status,
        @Nullable String stopAsked,
        @Nullable String startCommit,
        @Nullable Changes changes) {

    /// A session of which nothing is known but what was asked.
    public static Session asked(SessionSpec spec) {
        return new Session(
                spec,
                new State.Queued(null),
                spec.createdAt(),
                spec.createdAt(),
                false,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    public SessionId id() {
        return spec.id();
    }

    public boolean ended() {
        return state.lifecycle() == State.Lifecycle.ENDED;
    }

    /// The session after `event`. Events of older runs and repeated ones change nothing.
    public Session apply(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Asked e -> e.run() > run ? newRun(e.run(), e.at()) : this;
            case SessionEvent.NotLaunched e ->
                    open(e.run())
                            ? at(e.run(), e.at()).to(new State.Failed(e.why()), e.at())
                            : this;
            case SessionEvent.Step e -> step(e);
            case SessionEvent.Started e -> started(e.run(), e.pid(), e.at());
            case SessionEvent.Reported e -> reported(e);
            case SessionEvent.StopAsked e ->
                    open(e.run()) ? at(e.run(), e.at()).stopping(e.by()).seen(e.at()) : this;
            case SessionEvent.Exited e -> exited(e.run(), e.status(), e.at());
            case SessionEvent.Swept e -> swept(e);
            case SessionEvent.Missing e -> ended() ? this : to(new State.Lost(e.why()), e.at());
            case SessionEvent.Counted e -> counted(e.changes()).seen(e.at());
            case SessionEvent.Noted e -> this;
        };
    }

    /// Whether an event says anything that is not known, besides that it was looked at.
    public boolean isNews(SessionEvent event) {
        Session after = apply(event);
        Session sameAge =
                new Session(
                        after.spec,
                        after.state,
                        after.since,
                        asOf,
                        after.estimated,
                        after.run,
                        after.pid,
                        after.status,
                        after.stopAsked,
                        after.startCommit,
                        after.changes);
        return !sameAge.equals(this);
    }

    /// Whether that run is this one or a newer one, and has not ended.
    private boolean open(int ofRun) {
        return ofRun > run || (ofRun == run && !ended());
    }

    private Session step(SessionEvent.Step e) {
        if (!open(e.run()) || (e.run() == run && pid != null)) {
            return this;
        }
        Session current = at(e.run(), e.at());
        return switch (e.phase()) {
            case BEGIN -> current.to(new State.Preparing(e.step()), e.at());
            case OK ->
                    current.from(StepProblem.startCommit(e).orElse(startCommit))
                            .to(new State.Preparing(e.step() + " done"), e.at());
            case FAILED ->
                    current.to(
                            new State.Failed(StepProblem.of(spec, e.step(), e.output()).detail()),
                            e.at());
        };
    }

    private Session started(int ofRun, long agent, Instant at) {
        if (!open(ofRun) || (ofRun == run && pid != null)) {
            return this;
        }
        // Until the agent speaks for itself, all that is known is that its program runs.
        return at(ofRun, at).withPid(agent).to(new State.Working(null), at).guessed(true);
    }

    private Session reported(SessionEvent.Reported e) {
        if (state.lifecycle() != State.Lifecycle.RUNNING) {
            return this;
        }
        State next =
                switch (e.word()) {
                    case "needs-input" -> new State.NeedsInput(e.detail());
                    case "idle" -> new State.Idle(e.detail());
                    default -> new State.Working(e.detail());
                };
        return to(next, e.at()).guessed(false);
    }

    private Session exited(int ofRun, int code, Instant at) {
        if (!open(ofRun)) {
            return this;
        }
        Session current = at(ofRun, at);
        return current.withStatus(code).to(current.ending(code), at).guessed(false);
    }

    private State ending(int code) {
        if (stopAsked != null) {
            return new State.Stopped("by " + stopAsked);
        }
        if (code == 0) {
            return new State.Finished(null);
        }
        return Signals.name(code)
                .<State>map(name -> new State.Crashed("ended by signal " + name))
                .orElseGet(() -> new State.Failed("exit code " + code));
    }

    /// The host was looked at: what it says of the newest run is later than all that was known.
    private Session swept(SessionEvent.Swept e) {
        if (e.run() < run || (e.run() == run && ended())) {
            return seen(e.at());
        }
        if (e.run() == 0) {
            return seen(e.at());
        }
        Session current = at(e.run(), e.at());
        if (current.pid == null && e.pid() != null) {
            current = current.started(e.run(), e.pid(), e.at());
        }
        if (e.status() != null) {
            return current.exited(e.run(), e.status(), e.at());
        }
        if (Boolean.FALSE.equals(e.pane())) {
            return current.stopAsked != null
                    ? current.to(new State.Stopped("by " + current.stopAsked), e.at())
                    : current.to(
                            new State.Crashed(
                                    "gone without a word: killed, or its tmux server ended"),
                            e.at());
        }
        if (current.state instanceof State.Queued) {
            return current.to(new State.Preparing(null), e.at());
        }
        return current.seen(e.at());
    }

    private Session newRun(int number, Instant at) {
        return new Session(
                spec,
                new State.Queued(null),
                at,
                later(at),
                false,
                number,
                null,
                null,
                null,
                startCommit,
                changes);
    }

    /// This session in that run: a newer run begins without the older one's ending.
    private Session at(int ofRun, Instant at) {
        return ofRun > run ? newRun(ofRun, at) : this;
    }

    private Session to(State next, Instant at) {
        // `since` tells when the word was entered, not when its detail last changed.
        Instant entered = next.word().equals(state.word()) ? since : at;
        return new Session(
                spec,
                next,
                entered,
                later(at),
                estimated,
                run,
                pid,
                status,
                stopAsked,
                startCommit,
                changes);
    }

    private Session seen(Instant at) {
        return new Session(
                spec,
                state,
                since,
                later(at),
                estimated,
                run,
                pid,
                status,
                stopAsked,
                startCommit,
                changes);
    }

    private Session withPid(long agent) {
        return new Session(
                spec,
                state,
                since,
                asOf,
                estimated,
                run,
                agent,
                status,
                stopAsked,
                startCommit,
                changes);
    }

    private Session withStatus(int code) {
        return new Session(
                spec,
                state,
                since,
                asOf,
                estimated,
                run,
                pid,
                code,
                stopAsked,
                startCommit,
                changes);
    }

    private Session stopping(String by) {
        return new Session(
                spec, state, since, asOf, estimated, run, pid, status, by, startCommit, changes);
    }

    private Session guessed(boolean guess) {
        return new Session(
                spec, state, since, asOf, guess, run, pid, status, stopAsked, startCommit, changes);
    }

    private Session from(@Nullable String commit) {
        return new Session(
                spec, state, since, asOf, estimated, run, pid, status, stopAsked, commit, changes);
    }

    private Session counted(Changes counts) {
        return new Session(
                spec,
                state,
                since,
                asOf,
                estimated,
                run,
                pid,
                status,
                stopAsked,
                startCommit,
                counts);
    }

    private Instant later(Instant at) {
        return at.isAfter(asOf) ? at : asOf;
    }
}
