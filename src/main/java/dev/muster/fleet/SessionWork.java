package dev.muster.fleet;

import dev.muster.git.WorktreeDiff;
import dev.muster.link.RunResult;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import java.util.Optional;

/// What a session has done in its worktree.
public final class SessionWork {
    private final SessionReach reach;

    public SessionWork(Fleet fleet) {
        this.reach = new SessionReach(fleet);
    }

    /// What a session changed against its base.
    public WorktreeDiff diff(SessionId id, WorktreeDiff.Ask ask)
            throws Refused, InterruptedException {
        Session session = reach.session(id);
        String name = session.spec().name();
        HostKeeper keeper = reach.keeper(session);
        String worktree =
                Optional.ofNullable(session.spec().worktree()).orElse(session.spec().repoPath());
        String base = Optional.ofNullable(session.spec().base()).orElse("");
        RunResult result =
                reach.run(
                        keeper,
                        WorktreeDiff.script(
                                worktree,
                                base,
                                Optional.ofNullable(session.startCommit()).orElse(""),
                                ask),
                        "comparing " + name);
        try {
            return WorktreeDiff.parse(result.out(), ask.limit());
        } catch (IllegalArgumentException e) {
            throw SessionReach.failed(keeper, "comparing " + name, result);
        }
    }
}
