package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.HostRow;
import dev.muster.api.LogEntry;
import dev.muster.api.Problem;
import dev.muster.api.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows for tests, and a moment that counts as now.
final class Rows {
    static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");

    private Rows() {}

    static Instant ago(Duration age) {
        return NOW.minus(age);
    }

    static SessionRow session(String name, String host, String state, Duration since) {
        String lifecycle =
                switch (state) {
                    case "queued", "preparing" -> state;
                    case "finished", "failed", "crashed", "stopped", "lost" -> "ended";
                    default -> "running";
                };
        return new SessionRow(
                "01K" + "0".repeat(23 - name.length()) + name.toUpperCase(Locale.ROOT),
                name,
                host,
                "api",
                "muster/" + name,
                "main",
                "/srv/api.worktrees/" + name,
                "claude",
                null,
                lifecycle,
                state,
                null,
                ago(since),
                NOW,
                ago(since),
                false,
                false,
                true,
                "this",
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                null);
    }

    static SessionRow doing(SessionRow r, String detail, SessionRow.@Nullable Changes changes) {
        return with(r, detail, changes, r.stale(), r.asOf(), r.exitCode(), r.until());
    }

    static SessionRow stale(SessionRow r, Duration age) {
        return with(r, r.detail(), r.changes(), true, ago(age), r.exitCode(), r.until());
    }

    static SessionRow exited(SessionRow r, int code) {
        return with(r, r.detail(), r.changes(), r.stale(), r.asOf(), code, r.until());
    }

    static SessionRow until(SessionRow r, Instant until) {
        return with(r, r.detail(), r.changes(), r.stale(), r.asOf(), r.exitCode(), until);
    }

    private static SessionRow with(
            SessionRow r,
            @Nullable String detail,
            SessionRow.@Nullable Changes changes,
            boolean stale,
            Instant asOf,
            @Nullable Integer exitCode,
            @Nullable Instant until) {
        return new SessionRow(
                r.id(),
                r.name(),
                r.host(),
                r.repo(),
                r.branch(),
                r.base(),
                r.worktree(),
                r.agent(),
                r.model(),
                r.lifecycle(),
                r.state(),
                detail,
                r.since(),
                asOf,
                r.createdAt(),
                stale,
                r.estimated(),
                r.managed(),
                r.owner(),
                changes,
                r.usage(),
                r.labels(),
                r.account(),
                exitCode,
                r.signal(),
                r.prompt(),
                until);
    }

    static HostRow host(String name, String state, @Nullable String detail, int sessions) {
        return new HostRow(
                name,
                state,
                detail,
                state.equals("locked") ? "passphrase" : null,
                ago(Duration.ofHours(2)),
                ago(state.equals("online") ? Duration.ZERO : Duration.ofHours(2)),
                state.equals("online") ? 12L : null,
                "dev@" + name + ":22",
                sessions,
                List.of(),
                Map.of(),
                List.of("api", "web"),
                Map.of(),
                null,
                null);
    }

    static Board board(List<HostRow> hosts, List<SessionRow> sessions) {
        int needsYou =
                (int) sessions.stream().filter(s -> SessionState.needsYou(s.state())).count();
        return new Board(
                NOW,
                new Board.Totals(sessions.size(), needsYou),
                hosts,
                sessions,
                List.of(),
                List.of(),
                List.of());
    }

    static LogEntry entry(
            long seq, String kind, @Nullable String step, String text, @Nullable String output) {
        return new LogEntry(seq, NOW.plusSeconds(seq), kind, step, text, output, null);
    }

    static Problem problem(Problem.Code code, int status, String detail, String... findings) {
        return new Problem(
                "about:blank",
                "No",
                status,
                detail,
                code,
                null,
                null,
                null,
                null,
                List.of(findings),
                null);
    }
}
