package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was asked: `session.json` on the host, from which every other service can find the session.
/// Secrets are not in it: environment and prompt lie in files of their own.
///
/// @param owner id of the service that started it
/// @param host the host's name in that service's `hosts.yaml`
/// @param repo the repo's name there
/// @param repoPath its path on the host, as configured
/// @param worktree path on the host, null for a session in the repo's own checkout
/// @param branch the branch of the worktree, null for a session in the repo's own checkout
/// @param branchMade Muster may make the branch; false when it was named and may exist
/// @param base null: the repo's HEAD
/// @param agentType which adapter reads it
/// @param args further arguments for the agent, from the request
/// @param promptHead the first characters of the prompt, for people
/// @param disposable patterns of ignored files that removal need not ask about
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionSpec(
        SessionId id,
        String owner,
        String name,
        String host,
        String repo,
        String repoPath,
        @Nullable String worktree,
        @Nullable String branch,
        boolean branchMade,
        @Nullable String base,
        String agent,
        String agentType,
        @Nullable String model,
        @Nullable String account,
        Map<String, String> labels,
        List<String> args,
        @Nullable String promptHead,
        List<String> disposable,
        Instant createdAt) {

    public SessionSpec {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        args = args == null ? List.of() : List.copyOf(args);
        disposable = disposable == null ? List.of() : List.copyOf(disposable);
    }

    /// The same session, as a row of the host that it was found on: that host's own files may have
    /// been written under another name of it.
    public SessionSpec onHost(String name) {
        if (name.equals(host)) {
            return this;
        }
        return new SessionSpec(
                id,
                owner,
                this.name,
                name,
                repo,
                repoPath,
                worktree,
                branch,
                branchMade,
                base,
                agent,
                agentType,
                model,
                account,
                labels,
                args,
                promptHead,
                disposable,
                createdAt);
    }
}
