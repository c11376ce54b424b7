package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/sessions`: start a session. The same `id` again answers with the same session.
///
/// @param id a ULID that the client made, so that a repeated request is one session
/// @param host a host of `hosts.yaml`
/// @param repo a repo of that host
/// @param name null: Muster finds one that is free
/// @param branch null: `muster/<name>`
/// @param base null: the repo's base branch
/// @param agent null: the host's default agent
/// @param worktree false: run in the repo's own checkout
/// @param prompt delivered byte for byte; null for none
/// @param headless `once`: without a screen, ends when its prompt is done; `keep`: without a
///     screen, waits for the next prompt; null: in a terminal
public record StartRequest(
        String id,
        String host,
        String repo,
        @Nullable String name,
        @Nullable String branch,
        @Nullable String base,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String account,
        Map<String, String> env,
        Map<String, String> labels,
        List<String> args,
        boolean worktree,
        @Nullable String prompt,
        @Nullable String headless) {}
