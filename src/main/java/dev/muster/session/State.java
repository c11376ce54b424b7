package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a session is doing, in the words of the board. `detail` is untrusted text where it comes
/// from a host.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "word")
@JsonSubTypes({
    @JsonSubTypes.Type(value = State.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = State.Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = State.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = State.Working.class, name = "working"),
    @JsonSubTypes.Type(value = State.NeedsApproval.class, name = "needs-approval"),
    @JsonSubTypes.Type(value = State.NeedsInput.class, name = "needs-input"),
    @JsonSubTypes.Type(value = State.Idle.class, name = "idle"),
    @JsonSubTypes.Type(value = State.RateLimited.class, name = "rate-limited"),
    @JsonSubTypes.Type(value = State.Blocked.class, name = "blocked"),
    @JsonSubTypes.Type(value = State.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = State.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = State.Crashed.class, name = "crashed"),
    @JsonSubTypes.Type(value = State.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = State.Lost.class, name = "lost")
})
public sealed interface State {
    @Nullable String detail();

    /// Written down, not yet taken up by the host.
    record Queued(@Nullable String detail) implements State {}

    /// The host makes the worktree or runs the setup command; `detail` is the step.
    record Preparing(@Nullable String detail) implements State {}

    /// The agent's program runs, and it has not said yet that it is ready.
    record Starting(@Nullable String detail) implements State {}

    record Working(@Nullable String detail) implements State {}

    record NeedsApproval(@Nullable String detail) implements State {}

    record NeedsInput(@Nullable String detail) implements State {}

    record Idle(@Nullable String detail) implements State {}

    record RateLimited(@Nullable String detail, @Nullable Instant until) implements State {}

    /// A dialog at startup that only a person can answer, named in `detail`.
    record Blocked(@Nullable String detail) implements State {}

    /// Ended by itself with exit code 0.
    record Finished(@Nullable String detail) implements State {}

    /// A step of preparation failed, or the agent ended with another exit code.
    record Failed(@Nullable String detail) implements State {}

    /// Ended by a signal, or gone with its tmux server.
    record Crashed(@Nullable String detail) implements State {}

    /// Ended because somebody asked.
    record Stopped(@Nullable String detail) implements State {}

    /// The host answered that it is not there.
    record Lost(@Nullable String detail) implements State {}

    /// The phase that every state belongs to.
    enum Lifecycle {
        QUEUED,
        PREPARING,
        RUNNING,
        ENDED;

        public String word() {
            return switch (this) {
                case QUEUED -> "queued";
                case PREPARING -> "preparing";
                case RUNNING -> "running";
                case ENDED -> "ended";
            };
        }
    }

    default Lifecycle lifecycle() {
        return switch (this) {
            case Queued q -> Lifecycle.QUEUED;
            case Preparing p -> Lifecycle.PREPARING;
            case Starting s -> Lifecycle.RUNNING;
            case Working w -> Lifecycle.RUNNING;
            case NeedsApproval n -> Lifecycle.RUNNING;
            case NeedsInput n -> Lifecycle.RUNNING;
            case Idle i -> Lifecycle.RUNNING;
            case RateLimited r -> Lifecycle.RUNNING;
            case Blocked b -> Lifecycle.RUNNING;
            case Finished f -> Lifecycle.ENDED;
            case Failed f -> Lifecycle.ENDED;
            case Crashed c -> Lifecycle.ENDED;
            case Stopped s -> Lifecycle.ENDED;
            case Lost l -> Lifecycle.ENDED;
        };
    }

    /// The word that people and programs see.
    default String word() {
        return switch (this) {
            case Queued q -> "queued";
            case Preparing p -> "preparing";
            case Starting s -> "starting";
            case Working w -> "working";
            case NeedsApproval n -> "needs-approval";
            case NeedsInput n -> "needs-input";
            case Idle i -> "idle";
            case RateLimited r -> "rate-limited";
            case Blocked b -> "blocked";
            case Finished f -> "finished";
            case Failed f -> "failed";
            case Crashed c -> "crashed";
            case Stopped s -> "stopped";
            case Lost l -> "lost";
        };
    }

    /// Whether it waits for a person.
    default boolean needsYou() {
        return switch (this) {
            case NeedsApproval n -> true;
            case NeedsInput n -> true;
            case Blocked b -> true;
            case Failed f -> true;
            case Crashed c -> true;
            case Lost l -> true;
            case Queued q -> false;
            case Preparing p -> false;
            case Starting s -> false;
            case Working w -> false;
            case Idle i -> false;
            case RateLimited r -> false;
            case Finished f -> false;
            case Stopped s -> false;
        };
    }
}
