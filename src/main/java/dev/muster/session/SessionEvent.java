package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.agent.AgentEvent;
import dev.muster.git.Changes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a session. Most come from its host's journal; the service adds what
/// it did and what it found when it looked.
///
/// `run` counts launches of one session from 1; what belongs to an older run changes nothing.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionEvent.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = SessionEvent.NotLaunched.class, name = "not-launched"),
    @JsonSubTypes.Type(value = SessionEvent.Step.class, name = "step"),
    @JsonSubTypes.Type(value = SessionEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = SessionEvent.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = SessionEvent.Said.class, name = "said"),
    @JsonSubTypes.Type(value = SessionEvent.StopAsked.class, name = "stop-asked"),
    @JsonSubTypes.Type(value = SessionEvent.Exited.class, name = "exited"),
    @JsonSubTypes.Type(value = SessionEvent.Swept.class, name = "swept"),
    @JsonSubTypes.Type(value = SessionEvent.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = SessionEvent.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = SessionEvent.Owned.class, name = "owned"),
    @JsonSubTypes.Type(value = SessionEvent.Noted.class, name = "noted")
})
public sealed interface SessionEvent {
    Instant at();

    /// The service wrote down that this run is wanted.
    record Asked(Instant at, int run) implements SessionEvent {}

    /// The host answered that it can't launch this run: nothing of it runs.
    record NotLaunched(Instant at, int run, String why, @Nullable String output)
            implements SessionEvent {}

    /// A step of preparation on the host.
    ///
    /// @param output the end of what it printed
    record Step(Instant at, int run, String step, Phase phase, @Nullable String output)
            implements SessionEvent {
        public enum Phase {
            BEGIN,
            OK,
            FAILED
        }
    }

    /// The agent's program runs as process `pid`.
    record Started(Instant at, int run, long pid) implements SessionEvent {}

    /// The agent said what it does, with `$MUSTER_EVENT`.
    ///
    /// @param word `working`, `needs-input` or `idle`
    record Reported(Instant at, String word, @Nullable String detail) implements SessionEvent {}

    /// The agent said something through its hooks, its status line or its registry.
    record Said(Instant at, int run, AgentEvent what) implements SessionEvent {}

    /// Somebody asked to stop this run.
    record StopAsked(Instant at, int run, String by) implements SessionEvent {}

    /// The run ended.
    ///
    /// @param status as a shell reports it: 128 + N after signal N
    record Exited(Instant at, int run, int status) implements SessionEvent {}

    /// What the service found when it asked the host about the session: fills what the journal
    /// could not say (a full disk, a wrapper that was killed).
    ///
    /// @param run the last run that was claimed there, 0 for none
    /// @param pid of the agent, when that run reached it
    /// @param status of that run, when it ended by itself
    /// @param pane whether its pane lives; null when tmux could not be asked
    record Swept(
            Instant at,
            int run,
            @Nullable Long pid,
            @Nullable Integer status,
            @Nullable Boolean pane)
            implements SessionEvent {}

    /// The host was asked and does not know the session.
    record Missing(Instant at, String why) implements SessionEvent {}

    /// The worktree was measured against its base.
    record Counted(Instant at, Changes changes) implements SessionEvent {}

    /// A service has taken it over from another one.
    record Owned(Instant at, String owner) implements SessionEvent {}

    /// A line for the timeline that changes no state: a gap in the journal, a refused removal.
    record Noted(Instant at, String what, String text, @Nullable String output)
            implements SessionEvent {}
}
