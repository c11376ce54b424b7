package dev.muster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that an agent waits for a person to decide.
///
/// @param id 16 hexadecimal digits
/// @param session id of the session
/// @param name the session's name
/// @param kind `approval`, `question`, or `screen`: a dialog that only its own screen takes an
///     answer of
/// @param tool that the agent wants to use; for a question, the one that asks it; empty where that
///     is not known
/// @param summary the input in one line, untrusted
/// @param input the tool's input as the agent gave it, long texts cut; whole at
///     `/api/v1/requests/{id}`; null where it lies on the host
/// @param cut true when `input` is not the whole input
/// @param always true when a yes can be made a standing one
/// @param permits what such a yes permits from then on, each in one line; untrusted
/// @param by the subagent that asks, or null: the agent itself
/// @param byHand where its screen is, of a session that a person started by hand: the folder and
///     the process; null for one in a terminal of Muster's
public record RequestRow(
        String id,
        String session,
        String name,
        String host,
        String kind,
        String tool,
        String summary,
        @Nullable JsonNode input,
        boolean cut,
        boolean always,
        List<String> permits,
        @Nullable String by,
        @Nullable String byHand,
        Instant askedAt) {}
