package dev.muster.fleet;

import dev.muster.agent.Answer;
import dev.muster.session.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An answer to a request, kept until its host has said what became of it.
///
/// @param request its id
/// @param token makes a repeated delivery the same one: letters and digits
/// @param who gave it
/// @param outcome [#DONE], or why it did not count; null while that is not known
public record AnswerOrder(
        String request,
        SessionId session,
        String host,
        String token,
        String who,
        Instant at,
        Answer answer,
        @Nullable String outcome) {

    /// The agent was told.
    static final String DONE = "done";

    /// The same, of which is known what became.
    public AnswerOrder withOutcome(String what) {
        return new AnswerOrder(request, session, host, token, who, at, answer, what);
    }

    boolean done() {
        return DONE.equals(outcome);
    }
}
