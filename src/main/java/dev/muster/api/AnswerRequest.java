package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/requests/{id}/answer`.
///
/// @param id of this answer, a ULID: the same one again is the same answer
/// @param decision `allow`, `deny` or `choose`
/// @param always allow: with the standing permissions that the agent offers
/// @param reason deny: what the agent's model is told
/// @param interrupt deny: the agent also stops what it does
/// @param choices choose: one for each question, by number, label or its beginning
/// @param other choose: a choice that is none of the options is meant as it is; so is what stands
///     behind `=` in any case
public record AnswerRequest(
        String id,
        String decision,
        boolean always,
        @Nullable String reason,
        boolean interrupt,
        @Nullable List<String> choices,
        boolean other) {}
