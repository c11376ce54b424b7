package dev.muster.session;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Agents;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import dev.muster.git.Changes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
/// @param activity what its agent says of itself in this run
/// @param meter what its agents have used in all runs
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
        @Nullable Changes changes,
        Activity activity,
        Meter meter) {

    public Session {
        activity = activity == null ? Activity.NONE : activity;
        meter = meter == null ? Meter.NONE : meter;
    }

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
                null,
                Activity.NONE,
                Meter.NONE);
    }

    /// One that a person started by hand.
    ///
    /// @param agent its process
    /// @param says how it stands; null: its process has ended
    /// @param end how that is told
    public static Session byHand(
            SessionSpec spec,
            long agent,
            AgentEvent.@Nullable Standing says,
            State end,
            Instant since,
            Instant asOf) {
        return asked(spec)
                .edit(
                        d -> {
                            d.pid = agent;
                            d.activity = says == null ? Activity.NONE : Activity.NONE.apply(says);
                            d.state = says == null ? end : d.activity.state();
                            d.since = since;
                            d.asOf = asOf;
                        });
    }

    /// Whether that is this very session, by its process or its conversation. Of one that has ended
    /// the registry may tell for a while, or for ever after a kill: only a process that began later
    /// is another one, a person's who went on with the conversation by hand.
    public boolean isSeenAs(Session byHand) {
        if (id().equals(byHand.id())) {
            return true;
        }
        String theirs = byHand.spec.conversation();
        boolean same = theirs.equals(spec.conversation()) || theirs.equals(activity.conversation());
        if (ended()) {
            return same && (byHand.ended() || !byHand.spec.createdAt().isAfter(since));
        }
        return same || Objects.equals(pid, byHand.pid);
    }

    public SessionId id() {
        return spec.id();
    }

    /// The model that it uses, as its agent says; else the one that was asked for.
    public @Nullable String modelInUse() {
        Reading reading = activity.reading();
        return Stream.of(reading == null ? null : reading.model(), activity.model(), spec.model())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// What waits for a person, oldest first: what its agent asks; else the dialog that it stands
    /// before, which can be shown and not answered.
    public List<Request> waiting() {
        List<Request> asked = activity.requests();
        return ended() || !asked.isEmpty()
                ? asked
                : activity
                        .dialog()
                        .map(
                                dialog ->
                                        Request.onScreen(
                                                id().value(), dialog.tool(), dialog.line(), since))
                        .stream()
                        .toList();
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
            case SessionEvent.Said e -> said(e);
            case SessionEvent.StopAsked e -> stopAsked(e);
            case SessionEvent.Exited e -> exited(e.run(), e.status(), e.at());
            case SessionEvent.Swept e -> swept(e);
            case SessionEvent.Missing e -> ended() ? this : to(new State.Lost(e.why()), e.at());
            case SessionEvent.Counted e -> edit(d -> d.changes = e.changes()).seen(e.at());
            case SessionEvent.Owned e -> edit(d -> d.spec = spec.ownedBy(e.owner())).seen(e.at());
            case SessionEvent.Noted e -> this;
        };
    }

    /// Whether an event says anything that is not known, besides that it was looked at.
    public boolean isNews(SessionEvent event) {
        return !apply(event).edit(draft -> draft.asOf = asOf).equals(this);
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
                    current.edit(
                                    d ->
                                            d.startCommit =
                                                    StepProblem.startCommit(e).orElse(startCommit))
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
        Session current = at(ofRun, at).edit(d -> d.pid = agent);
        if (Agents.of(spec.agentType()).speaks()) {
            return current.to(current.activity.state(), at).guessed(false);
        }
        // Until the agent speaks for itself, all that is known is that its program runs.
        return current.to(new State.Working(null), at).guessed(true);
    }

    private Session said(SessionEvent.Said e) {
        if (!open(e.run())) {
            // What it used in the end still counts.
            return e.run() == run && e.what() instanceof AgentEvent.Used
                    ? edit(d -> d.hears(e))
                    : this;
        }
        Session heard = at(e.run(), e.at()).edit(d -> d.hears(e));
        Activity next = heard.activity;
        // What an agent says before its program was seen to start (a gate) belongs to the same run.
        return next.isHeard() ? heard.to(next.state(), e.at()).guessed(false) : heard.seen(e.at());
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

    private Session stopAsked(SessionEvent.StopAsked e) {
        if (open(e.run())) {
            return at(e.run(), e.at()).edit(d -> d.stopAsked = e.by()).seen(e.at());
        }
        // Written just before its journal went on in the next file, it may be read just after how
        // the run ended. It is only ever written while the run lives.
        boolean ran = e.run() == run && (status != null || state instanceof State.Crashed);
        return ran && stopAsked == null
                ? edit(d -> d.stopAsked = e.by()).to(new State.Stopped("by " + e.by()), e.at())
                : this;
    }

    private Session exited(int ofRun, int code, Instant at) {
        if (!open(ofRun)) {
            return this;
        }
        Session current = at(ofRun, at);
        return current.edit(d -> d.status = code).to(current.ending(code), at).guessed(false);
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
        return edit(
                draft -> {
                    draft.state = new State.Queued(null);
                    draft.since = at;
                    draft.asOf = later(at);
                    draft.estimated = false;
                    draft.run = number;
                    draft.pid = null;
                    draft.status = null;
                    draft.stopAsked = null;
                    draft.activity = Activity.NONE.continuing(draft.activity);
                });
    }

    /// This session in that run: a newer run begins without the older one's ending.
    private Session at(int ofRun, Instant at) {
        return ofRun > run ? newRun(ofRun, at) : this;
    }

    private Session to(State next, Instant at) {
        return edit(
                draft -> {
                    draft.state = next;
                    if (next.lifecycle() == State.Lifecycle.ENDED) {
                        draft.activity = draft.activity.gone();
                    }
                    // It tells when the word was entered, not when its detail last changed.
                    draft.since = next.word().equals(state.word()) ? since : at;
                    draft.asOf = later(at);
                });
    }

    private Session seen(Instant at) {
        return edit(draft -> draft.asOf = later(at));
    }

    private Session guessed(boolean guess) {
        return edit(draft -> draft.estimated = guess);
    }

    private Instant later(Instant at) {
        return at.isAfter(asOf) ? at : asOf;
    }

    private Session edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.session();
    }

    /// A session while it is changed.
    private static final class Draft {
        private SessionSpec spec;
        private State state;
        private Instant since;
        private Instant asOf;
        private boolean estimated;
        private int run;
        private @Nullable Long pid;
        private @Nullable Integer status;
        private @Nullable String stopAsked;
        private @Nullable String startCommit;
        private @Nullable Changes changes;
        private Activity activity;
        private Meter meter;

        Draft(Session from) {
            spec = from.spec;
            state = from.state;
            since = from.since;
            asOf = from.asOf;
            estimated = from.estimated;
            run = from.run;
            pid = from.pid;
            status = from.status;
            stopAsked = from.stopAsked;
            startCommit = from.startCommit;
            changes = from.changes;
            activity = from.activity;
            meter = from.meter;
        }

        void hears(SessionEvent.Said said) {
            activity = activity.apply(said.what());
            if (said.what() instanceof AgentEvent.Used used) {
                meter = meter.read(said.run(), used.reading());
            } else if (said.what() instanceof AgentEvent.CountsFrom from) {
                meter = meter.from(said.run(), from.reading());
            }
        }

        Session session() {
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
                    changes,
                    activity,
                    meter);
        }
    }
}
