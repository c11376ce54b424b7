package dev.muster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that an agent waits for a person to decide.
///
/// @param kind `approval` or `question`
/// @param input the tool's input as the agent gave it, long texts cut; whole at
///     `/api/v1/requests/{id}`
public record RequestRow(
        String id,
        String session,
        String kind,
        @Nullable String tool,
        @Nullable JsonNode input,
        Instant askedAt) {}
