package dev.muster.fleet;

import dev.muster.session.Headless;
import dev.muster.session.SessionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person wants started; what is null is Muster's to choose.
public record StartAsk(
        SessionId id,
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
        String prompt,
        @Nullable Headless headless) {}
