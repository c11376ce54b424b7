package dev.muster.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an agent said of itself, in words that all agents share. Texts are untrusted and already
/// cut to a length fit for the board.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "said")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentEvent.Gated.class, name = "gated"),
    @JsonSubTypes.Type(value = AgentEvent.Began.class, name = "began"),
    @JsonSubTypes.Type(value = AgentEvent.Prompted.class, name = "prompted"),
    @JsonSubTypes.Type(value = AgentEvent.ToolBegan.class, name = "tool-began"),
    @JsonSubTypes.Type(value = AgentEvent.ToolEnded.class, name = "tool-ended"),
    @JsonSubTypes.Type(value = AgentEvent.SubagentEnded.class, name = "subagent-ended"),
    @JsonSubTypes.Type(value = AgentEvent.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = AgentEvent.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = AgentEvent.Compacting.class, name = "compacting"),
    @JsonSubTypes.Type(value = AgentEvent.TurnEnded.class, name = "turn-ended"),
    @JsonSubTypes.Type(value = AgentEvent.TurnFailed.class, name = "turn-failed"),
    @JsonSubTypes.Type(value = AgentEvent.Retrying.class, name = "retrying"),
    @JsonSubTypes.Type(value = AgentEvent.Standing.class, name = "standing"),
    @JsonSubTypes.Type(value = AgentEvent.Used.class, name = "used"),
    @JsonSubTypes.Type(value = AgentEvent.CountsFrom.class, name = "counts-from"),
    @JsonSubTypes.Type(value = AgentEvent.Ended.class, name = "ended")
})
public sealed interface AgentEvent {

    /// A dialog at startup stands before the agent, which it says nothing of itself.
    ///
    /// @param gate what it is: `trust`, `login`, `onboarding`, `key`, `settings`, or `unknown`
    /// @param detail the sentence for people, with the fix
    record Gated(String gate, String detail) implements AgentEvent {}

    /// It is ready: a conversation began, or goes on.
    ///
    /// @param conversation the agent's own id of it; another one after `/clear`
    /// @param source `startup`, `resume`, `clear`, `compact` or [#TURN]
    record Began(@Nullable String conversation, String source, @Nullable String model)
            implements AgentEvent {
        /// The conversation goes on with a turn, under this id and model.
        public static final String TURN = "turn";

        /// Whether the work of the conversation goes on, instead of beginning anew.
        public boolean goesOn() {
            return source.equals(TURN) || source.equals("compact");
        }
    }

    /// It took a prompt, at once or into its queue.
    ///
    /// @param head the prompt's beginning
    /// @param digest [Digest] of the whole prompt
    record Prompted(String head, String digest) implements AgentEvent {}

    /// A tool begins.
    ///
    /// @param call the agent's id of this use
    /// @param what the tool's input in one line
    /// @param digest [Digest] of the tool's whole input
    /// @param by the subagent that uses it; null: the agent itself
    record ToolBegan(
            @Nullable String call,
            String tool,
            @Nullable String what,
            @Nullable String digest,
            @Nullable String by)
            implements AgentEvent {}

    /// A tool ended, well or not.
    record ToolEnded(@Nullable String call, String tool, @Nullable String by)
            implements AgentEvent {}

    /// A subagent ended: nothing of it is at work or waits any more.
    ///
    /// @param by its id, as in [ToolBegan]
    record SubagentEnded(String by) implements AgentEvent {}

    /// It waits for an answer.
    record Asked(Request request) implements AgentEvent {}

    /// A request waits no more.
    ///
    /// @param request its id
    /// @param how what became of it
    /// @param by who did, when that is known
    record Settled(String request, Settlement how, @Nullable String by) implements AgentEvent {}

    enum Settlement {
        /// An answer from Muster was handed to the agent.
        ALLOWED,
        DENIED,
        ANSWERED,
        /// Somebody dismissed it on the agent's own screen, or the agent ended.
        CANCELLED
    }

    /// It shortens its conversation, or has done so.
    record Compacting(boolean now) implements AgentEvent {}

    /// It ended its turn by itself.
    ///
    /// @param lastMessage its last words
    /// @param background tasks that go on in the background, while it is idle
    /// @param subagents that go on in the background, for which it stays busy
    record TurnEnded(@Nullable String lastMessage, int background, int subagents)
            implements AgentEvent {

        /// Nothing goes on.
        public TurnEnded(@Nullable String lastMessage) {
            this(lastMessage, 0, 0);
        }
    }

    /// Its turn broke off.
    ///
    /// @param error the agent's word for it; [#RATE_LIMIT] when a quota is used up
    record TurnFailed(String error, @Nullable String message) implements AgentEvent {
        public static final String RATE_LIMIT = "rate_limit";

        /// Nobody is signed in, or the sign-in does not hold any more.
        public static final String NOT_SIGNED_IN = "authentication_failed";
    }

    /// Its turn could not go on, and tries to.
    ///
    /// @param error as of [TurnFailed]
    /// @param attempt from 1
    /// @param after how long it waits first
    record Retrying(String error, int attempt, int attempts, Duration after)
            implements AgentEvent {}

    /// How it stands, from a source that the agent keeps true at every moment.
    ///
    /// @param waitingFor what it waits for, in the agent's words; null where it has told that
    ///     before; [#BACKGROUND] when it is idle while tasks of it go on
    record Standing(Stance stance, @Nullable String waitingFor) implements AgentEvent {
        public static final String BACKGROUND = "background";
    }

    enum Stance {
        IDLE,
        BUSY,
        WAITING
    }

    /// What it has used up to now.
    record Used(Reading reading) implements AgentEvent {}

    /// Its process begins with counters that stand at this: they are the conversation's, and what
    /// an earlier process of it has used.
    record CountsFrom(Reading reading) implements AgentEvent {}

    /// The conversation ended; its process may go on (`clear`).
    record Ended(String reason) implements AgentEvent {}
}
