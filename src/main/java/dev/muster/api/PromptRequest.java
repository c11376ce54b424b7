package dev.muster.api;

/// `POST /api/v1/sessions/{id}/prompts`.
///
/// @param text delivered byte for byte
/// @param raw true: not guarded, so that a leading `/` or `!` is the agent's command
/// @param now true: even where a person is typing
public record PromptRequest(String id, String text, boolean raw, boolean now) {}
