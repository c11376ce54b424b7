package dev.muster.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a person, or a standing rule, says to a {@link Request}.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Allow.class, name = "allow"),
    @JsonSubTypes.Type(value = Answer.Deny.class, name = "deny"),
    @JsonSubTypes.Type(value = Answer.Choose.class, name = "choose")
})
public sealed interface Answer {
    /// @param always with the standing permissions that the agent offers, so that it does not ask
    ///     again
    record Allow(boolean always) implements Answer {}

    /// @param reason reaches the agent's model
    /// @param interrupt the agent also stops what it does
    record Deny(@Nullable String reason, boolean interrupt) implements Answer {}

    /// Answers to the questions of a request, by the question's text.
    record Choose(SequencedMap<String, String> choices) implements Answer {
        public Choose {
            choices = new LinkedHashMap<>(choices == null ? Map.of() : choices);
        }
    }

    /// How the host and the journal name it: {@link AgentEvent.Settlement} in small letters.
    default String word() {
        return switch (this) {
            case Allow a -> "allowed";
            case Deny d -> "denied";
            case Choose c -> "answered";
        };
    }
}
