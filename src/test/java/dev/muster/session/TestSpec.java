package dev.muster.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session as tests want one: Claude Code in the repo `api` of `dev-1`, but for what is said.
public final class TestSpec {
    private final SessionId id;
    private final Instant createdAt;
    private String owner = "s";
    private String name = "one";
    private String host = "dev-1";
    private String repo = "api";
    private @Nullable String worktree;
    private @Nullable String branch;
    private boolean branchMade = true;
    private @Nullable String base;
    private String agent = "claude";
    private String agentType = "claude";
    private @Nullable String account;
    private Map<String, String> labels = Map.of();

    private TestSpec(SessionId id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
    }

    public static TestSpec of(SessionId id, Instant createdAt) {
        return new TestSpec(id, createdAt);
    }

    public TestSpec owner(String owner) {
        this.owner = owner;
        return this;
    }

    public TestSpec name(String name) {
        this.name = name;
        return this;
    }

    public TestSpec on(String host, String repo) {
        this.host = host;
        this.repo = repo;
        return this;
    }

    /// With a worktree beside the repo.
    public TestSpec inWorktree() {
        this.worktree = "/srv/" + repo + ".worktrees/" + name;
        return branch("muster/" + name);
    }

    public TestSpec branch(String branch) {
        this.branch = branch;
        return this;
    }

    /// On a branch that is not the session's own.
    public TestSpec branchNotMade() {
        this.branchMade = false;
        return this;
    }

    public TestSpec base(String base) {
        this.base = base;
        return this;
    }

    /// A command of which nothing is known.
    public TestSpec command() {
        this.agent = "sh";
        this.agentType = "command";
        return this;
    }

    public TestSpec account(@Nullable String account) {
        this.account = account;
        return this;
    }

    public TestSpec labels(Map<String, String> labels) {
        this.labels = labels;
        return this;
    }

    public SessionSpec build() {
        return new SessionSpec(
                id,
                owner,
                name,
                host,
                repo,
                "/srv/" + repo,
                worktree,
                branch,
                branchMade,
                base,
                agent,
                agentType,
                null,
                account,
                labels,
                List.of(),
                null,
                List.of(),
                createdAt,
                null,
                null);
    }
}
