package dev.muster.web.view;

import dev.muster.api.SessionRow;

/// Compares rows.
public final class Rows {
    private Rows() {}

    /// Whether nothing but `asOf` differs. While its host is online a session's `asOf` moves with
    /// every heartbeat, which the host's own row tells; a row that turns stale differs, and brings
    /// its true `asOf`.
    public static boolean sameButForItsAge(SessionRow a, SessionRow b) {
        return a.equals(b) || (a.stale() == b.stale() && a.equals(aged(b, a)));
    }

    private static SessionRow aged(SessionRow row, SessionRow as) {
        return new SessionRow(
                row.id(),
                row.name(),
                row.host(),
                row.repo(),
                row.branch(),
                row.base(),
                row.worktree(),
                row.agent(),
                row.model(),
                row.lifecycle(),
                row.state(),
                row.detail(),
                row.since(),
                as.asOf(),
                row.createdAt(),
                row.stale(),
                row.estimated(),
                row.managed(),
                row.owner(),
                row.changes(),
                row.usage(),
                row.labels(),
                row.account(),
                row.exitCode(),
                row.signal(),
                row.prompt(),
                row.until());
    }
}
