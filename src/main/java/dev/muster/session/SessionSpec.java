package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was asked: `session.json` on the host, from which every other service can find the session.
/// Secrets are not in it: environment and prompt lie in files of their own.
///
/// @param owner id of the service that started or adopted it; [#NOBODY] for one that a person did
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
/// @param headless how it runs without a screen; null: in a terminal
/// @param adopted what it goes on with, of a session that Muster did not start; else null
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
        Instant createdAt,
        @Nullable Headless headless,
        @Nullable Adopted adopted) {

    public SessionSpec {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        args = args == null ? List.of() : List.copyOf(args);
        disposable = disposable == null ? List.of() : List.copyOf(disposable);
    }

    /// The owner of what nobody started through Muster.
    public static final String NOBODY = "";

    /// Whether Muster started or adopted it; one that a person started by hand is only shown.
    public boolean managed() {
        return !owner.equals(NOBODY);
    }

    /// The conversation that it begins with, as the agent calls it, whatever run it is.
    public String conversation() {
        return adopted == null
                ? UUID.nameUUIDFromBytes(id.value().getBytes(StandardCharsets.US_ASCII)).toString()
                : adopted.conversation();
    }

    /// The same session, given to another service.
    SessionSpec ownedBy(String other) {
        return with(other, host);
    }

    /// The same session, as a row of the host that it was found on: that host's own files may have
    /// been written under another name of it.
    public SessionSpec onHost(String name) {
        return name.equals(host) ? this : with(owner, name);
    }

    private SessionSpec with(String otherOwner, String otherHost) {
        return new SessionSpec(
                id,
                otherOwner,
                name,
                otherHost,
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
                createdAt,
                headless,
                adopted);
    }
}
