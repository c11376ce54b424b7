package dev.muster.web.view;

import dev.muster.agent.Request;
import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.api.BoardProblem;
import dev.muster.api.HostRow;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Quota;
import dev.muster.fleet.Warning;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The board as one client sees it: rows of what is in its scope. Immutable; the next picture
/// shares the parts of hosts that did not change, so that a change costs what changed.
public final class Picture {
    private final Views views;
    private final Scope scope;
    private final SequencedMap<String, Part> parts;
    private final SequencedMap<String, AccountRow> accounts;
    private final List<Quota> quotas;

    /// @param entry what the rows were made from
    /// @param host the host's row, or null when it is out of scope
    private record Part(
            FleetBoard.Entry entry,
            @Nullable Host configured,
            int contextPercent,
            @Nullable HostRow host,
            SequencedMap<String, SessionRow> sessions,
            SequencedMap<String, RequestRow> requests,
            int needsYou,
            SequencedSet<String> accounts,
            List<Warning> warnings) {}

    private Picture(
            Views views,
            Scope scope,
            SequencedMap<String, Part> parts,
            SequencedMap<String, AccountRow> accounts,
            List<Quota> quotas) {
        this.views = views;
        this.scope = scope;
        this.parts = parts;
        this.accounts = accounts;
        this.quotas = quotas;
    }

    public static Picture of(FleetBoard board, Hosts hosts, Scope scope, Views views) {
        return new Picture(views, scope, new LinkedHashMap<>(), new LinkedHashMap<>(), List.of())
                .next(board, hosts);
    }

    /// The same client's picture of a newer board.
    public Picture next(FleetBoard board, Hosts hosts) {
        SequencedMap<String, Part> next = new LinkedHashMap<>();
        int contextPercent = hosts.notices().contextPercent();
        board.hosts()
                .forEach(
                        (name, entry) -> {
                            Host configured = hosts.hosts().get(name);
                            Part old = parts.get(name);
                            boolean same =
                                    old != null
                                            && old.entry() == entry
                                            && old.configured() == configured
                                            && old.contextPercent() == contextPercent;
                            next.put(name, same ? old : part(entry, configured, contextPercent));
                        });
        SequencedSet<String> names = new LinkedHashSet<>();
        if (scope instanceof Scope.Everything) {
            names.addAll(hosts.accounts().keySet());
        }
        next.values().forEach(part -> names.addAll(part.accounts()));
        SequencedMap<String, AccountRow> rows = new LinkedHashMap<>();
        List<Quota> read = new ArrayList<>();
        for (String name : names) {
            Quota quota = board.quotas().get(name);
            // What nobody named is an account once it has said what it has left.
            if (quota != null || hosts.accounts().containsKey(name)) {
                rows.put(name, views.account(name, quota));
            }
            if (quota != null) {
                read.add(quota);
            }
        }
        return new Picture(views, scope, next, rows, List.copyOf(read));
    }

    private Part part(FleetBoard.Entry entry, @Nullable Host configured, int contextPercent) {
        SequencedMap<String, SessionRow> rows = new LinkedHashMap<>();
        SequencedMap<String, RequestRow> requests = new LinkedHashMap<>();
        SequencedSet<String> drawnOn = new LinkedHashSet<>();
        List<Warning> warnings = new ArrayList<>();
        int needsYou = 0;
        for (Session session : entry.all().toList()) {
            if (scope.holds(session)) {
                rows.put(session.id().value(), views.session(session, entry.status()));
                needsYou += session.state().needsYou() ? 1 : 0;
                for (Request request : session.waiting()) {
                    requests.put(request.id(), RequestRows.brief(session, request));
                }
                drawnOn.add(Quota.account(session.spec()));
                Warning.of(session, contextPercent).ifPresent(warnings::add);
            }
        }
        boolean shown = scope.holdsHost(entry.status().name(), !rows.isEmpty());
        HostRow host = shown ? views.host(entry, configured) : null;
        return new Part(
                entry,
                configured,
                contextPercent,
                host,
                rows,
                requests,
                needsYou,
                drawnOn,
                warnings);
    }

    /// All of it.
    public Board board(Instant now) {
        List<HostRow> hosts = new ArrayList<>();
        List<SessionRow> sessions = new ArrayList<>();
        List<RequestRow> requests = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.host() != null) {
                hosts.add(part.host());
            }
            sessions.addAll(part.sessions().values());
            requests.addAll(part.requests().values());
        }
        return new Board(
                now,
                totals(),
                hosts,
                sessions,
                requests,
                List.copyOf(accounts.values()),
                problems(now));
    }

    /// What a client that has seen `before` must be told; empty when that is nothing.
    public Optional<BoardChange> since(Picture before, Instant now) {
        List<HostRow> hosts = new ArrayList<>();
        List<SessionRow> sessions = new ArrayList<>();
        List<String> goneHosts = new ArrayList<>();
        List<String> goneSessions = new ArrayList<>();
        Map<String, RequestRow> waited = before.requests();
        Map<String, RequestRow> waiting = requests();
        List<RequestRow> requests =
                waiting.values().stream().filter(row -> !row.equals(waited.get(row.id()))).toList();
        List<String> goneRequests =
                waited.keySet().stream().filter(id -> !waiting.containsKey(id)).toList();
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
        List<AccountRow> accountRows =
                accounts.values().stream()
                        .filter(row -> !row.equals(before.accounts.get(row.name())))
                        .toList();
        List<String> goneAccounts =
                before.accounts.keySet().stream()
                        .filter(name -> !accounts.containsKey(name))
                        .toList();
        // Both of now: what passes by itself says when it does.
        List<BoardProblem> problems = problems(now);
        boolean sameProblems = problems.equals(before.problems(now));
        boolean nothing =
                hosts.isEmpty()
                        && sessions.isEmpty()
                        && requests.isEmpty()
                        && goneRequests.isEmpty()
                        && accountRows.isEmpty()
                        && sameProblems
                        && goneHosts.isEmpty()
                        && goneSessions.isEmpty()
                        && goneAccounts.isEmpty();
        return nothing
                ? Optional.empty()
                : Optional.of(
                        new BoardChange(
                                now,
                                totals(),
                                hosts,
                                sessions,
                                requests,
                                accountRows,
                                goneHosts,
                                goneSessions,
                                goneRequests,
                                goneAccounts,
                                sameProblems ? null : problems));
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

    private Map<String, RequestRow> requests() {
        Map<String, RequestRow> all = new LinkedHashMap<>();
        parts.values().forEach(part -> all.putAll(part.requests()));
        return all;
    }

    private List<BoardProblem> problems(Instant now) {
        return Stream.concat(
                        quotas.stream().flatMap(quota -> Warning.of(quota, now).stream()),
                        parts.values().stream().flatMap(part -> part.warnings().stream()))
                .map(views::problem)
                .toList();
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
