package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that runs out, and will stop sessions or spoil their work.
///
/// @param what `quota`: of an account; `context`: of a session's conversation
/// @param about the account, or `HOST/SESSION`
/// @param detail half a sentence
/// @param percent which of the shares that are warned of it has reached
/// @param fix what can be done, or null
/// @param until when it will have passed by itself, or null
public record BoardProblem(
        String what,
        String about,
        String detail,
        int percent,
        @Nullable String fix,
        @Nullable Instant until) {}
