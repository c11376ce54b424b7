package dev.muster.web.view;

import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.api.HostRow;
import dev.muster.api.SessionRow;
import dev.muster.fleet.FleetBoard;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The board as one client sees it: rows of what is in its scope. Immutable; the next picture
// shares
/// the parts of hosts that did not change, so that a change costs what changed.
public final class Picture {
    private final Views views;
    private final Scope scope;
    private final SequencedMap<String, Part> parts;

    /// @param entry what the rows were made from
    /// @param host the host's row, or null when it is out of scope
    private record Part(
            FleetBoard.Entry entry,
            @Nullable Host configured,
            @Nullable HostRow host,
            SequencedMap<String, SessionRow> sessions,
            int needsYou) {}

    private Picture(Views views, Scope scope, SequencedMap<String, Part> parts) {
        this.views = views;
        this.scope = scope;
        this.parts = parts;
    }

    public static Picture of(FleetBoard board, Hosts hosts, Scope scope, Views views) {
        return new Picture(views, scope, new LinkedHashMap<>()).next(board, hosts);
    }

    /// The same client's picture of a newer board.
    public Picture next(FleetBoard board, Hosts hosts) {
        SequencedMap<String, Part> next = new LinkedHashMap<>();
        board.hosts()
                .forEach(
                        (name, entry) -> {
                            Host configured = hosts.hosts().get(name);
                            Part old = parts.get(name);
                            boolean same =
                                    old != null
                                            && old.entry() == entry
                                            && old.configured() == configured;
                            next.put(name, same ? old : part(entry, configured));
                        });
        return new Picture(views, scope, next);
    }

    private Part part(FleetBoard.Entry entry, @Nullable Host configured) {
        SequencedMap<String, SessionRow> rows = new LinkedHashMap<>();
        int needsYou = 0;
        for (Session session : entry.all().toList()) {
            if (scope.holds(session)) {
                rows.put(session.id().value(), views.session(session, entry.status()));
                needsYou += session.state().needsYou() ? 1 : 0;
            }
        }
        boolean shown = scope.holdsHost(entry.status().name(), !rows.isEmpty());
        HostRow host = shown ? views.host(entry, configured) : null;
        return new Part(entry, configured, host, rows, needsYou);
    }

    /// All of it.
    public Board board(Instant now) {
        List<HostRow> hosts = new ArrayList<>();
        List<SessionRow> sessions = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.host() != null) {
                hosts.add(part.host());
            }
            sessions.addAll(part.sessions().values());
        }
        return new Board(now, totals(), hosts, sessions, List.of(), List.of());
    }

    /// What a client that has seen `before` must be told; empty when that is nothing.
    public Optional<BoardChange> since(Picture before, Instant now) {
        List<HostRow> hosts = new ArrayList<>();
        List<SessionRow> sessions = new ArrayList<>();
        List<String> goneHosts = new ArrayList<>();
        List<String> goneSessions = new ArrayList<>();
        parts.forEach(
                (name, part) -> {
                    Part old = before.parts.get(name);
                    if (old != part) {
                        HostRow row = part.host();
                        HostRow seen = old == null ? null : old.host();
                        if (row != null && !row.equals(seen)) {
                            hosts.add(row);
                        } else if (row == null && seen != null) {
                            goneHosts.add(name);
                        }
                        changed(old == null ? Map.of() : old.sessions(), part, sessions);
                    }
                });
        before.parts.forEach(
                (name, old) -> {
                    Part part = parts.get(name);
                    if (part == null && old.host() != null) {
                        goneHosts.add(name);
                    }
                    if (part != old) {
                        old.sessions().keySet().stream()
                                .filter(id -> part == null || !part.sessions().containsKey(id))
                                .forEach(goneSessions::add);
                    }
                });
        // A session that moved to another name of its host is not gone.
        sessions.forEach(row -> goneSessions.remove(row.id()));
        boolean nothing =
                hosts.isEmpty()
                        && sessions.isEmpty()
                        && goneHosts.isEmpty()
                        && goneSessions.isEmpty();
        return nothing
                ? Optional.empty()
                : Optional.of(
                        new BoardChange(
                                now,
                                totals(),
                                hosts,
                                sessions,
                                List.of(),
                                List.of(),
                                goneHosts,
                                goneSessions,
                                List.of()));
    }

    private static void changed(
            Map<String, SessionRow> before, Part part, List<SessionRow> changed) {
        part.sessions()
                .forEach(
                        (id, row) -> {
                            SessionRow old = before.get(id);
                            if (old == null || !Rows.sameButForItsAge(old, row)) {
                                changed.add(row);
                            }
                        });
    }

    private Board.Totals totals() {
        int sessions = 0;
        int needsYou = 0;
        for (Part part : parts.values()) {
            sessions += part.sessions().size();
            needsYou += part.needsYou();
        }
        return new Board.Totals(sessions, needsYou);
    }
}
