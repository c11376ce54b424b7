package dev.muster.web.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.HostRow;
import dev.muster.api.SafeText;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.session.Session;
import dev.muster.web.SessionRefs;
import dev.muster.web.view.Cut;
import dev.muster.web.view.Picture;
import dev.muster.web.view.Views;
import dev.muster.web.view.What;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tools that answer from the board, without asking a host.
@Singleton
public class LookTools {
    static final Set<String> IN_A_LIST =
            Set.of(
                    "name",
                    "host",
                    "repo",
                    "branch",
                    "agent",
                    "state",
                    "detail",
                    "since",
                    "stale",
                    "changes",
                    "labels",
                    "exitCode",
                    "signal");

    private static final Param WHAT =
            new Param.Texts(
                    "what",
                    "Hosts (`dev-1`), ranges (`dev-1..4`), groups (`@backend`) or sessions; without:"
                            + " everything");
    private static final Param OFFSET =
            new Param.Number("offset", "How many to leave out at the front", 0, 1_000_000, 0);
    private static final Param LIMIT =
            new Param.Number("limit", "How many to answer at most", 1, 500, 100);

    private final Fleet fleet;
    private final Views views;
    private final SessionRefs refs;
    private final Documents documents;
    private final Moments moments;
    private final Clock clock;

    LookTools(
            Fleet fleet,
            Views views,
            SessionRefs refs,
            Documents documents,
            Moments moments,
            Clock clock) {
        this.fleet = fleet;
        this.views = views;
        this.refs = refs;
        this.documents = documents;
        this.moments = moments;
        this.clock = clock;
    }

    List<ToolSpec> all() {
        return List.of(
                ToolSpec.look(
                        "list",
                        "List sessions",
                        "Lists sessions on all hosts, one JSON object a line: those that wait for a"
                                + " person first, then those that run, then those that have ended."
                                + " `state` is queued, preparing, starting, working,"
                                + " needs-approval, needs-input, idle, rate-limited, blocked,"
                                + " finished, failed, crashed, stopped or lost. `stale` means that"
                                + " its host can't be reached now and the row is as it was last"
                                + " known. Also tells how much of each account's 5-hour and 7-day window"
                                + " is used, as of when. Answers at once, from what is known already.",
                        List.of(WHAT, LIMIT, OFFSET),
                        this::list),
                ToolSpec.look(
                        "hosts",
                        "List hosts",
                        "Lists hosts, one JSON object a line: state, the repos and agents that"
                                + " `start` takes there, and problems. Only an `online` host can"
                                + " be worked with now.",
                        List.of(WHAT, LIMIT, OFFSET),
                        this::hosts),
                ToolSpec.look(
                        "status",
                        "Show one session",
                        "Everything that is known of one session, and the state of its host, as"
                                + " JSON: state, branch, worktree, changes, usage, times.",
                        List.of(WorkTools.SESSION),
                        this::status),
                ToolSpec.look(
                        "inbox",
                        "What waits for a person",
                        "Lists what waits for somebody, one JSON object a line: an agent's request"
                                + " for approval or its question, with its id and exact input; and"
                                + " sessions that are blocked, failed, crashed or lost. Tell your"
                                + " user about them.",
                        List.of(WHAT, LIMIT, OFFSET),
                        this::inbox));
    }

    private Answer list(Arguments given) throws Refused {
        FleetBoard now = fleet.board().now();
        Board board = board(given, now);
        List<String> lines =
                Cut.urgentFirst(board.sessions()).stream()
                        .map(row -> documents.line(row, IN_A_LIST))
                        .toList();
        Answer answer =
                page("sessions", lines, given)
                        .and(board.totals().needsYou() + " of them wait for a person.");
        for (AccountRow account : board.accounts()) {
            answer = answer.and("Account: " + SafeText.line(documents.line(account, Set.of())));
        }
        return answer.and(moment(now));
    }

    private Answer hosts(Arguments given) throws Refused {
        Board board = board(given, fleet.board().now());
        return page("hosts", board.hosts().stream().map(this::host).toList(), given);
    }

    private String host(HostRow row) {
        ObjectNode host = documents.tree(row);
        fleet.hosts()
                .host(row.name())
                .ifPresent(
                        configured -> {
                            host.put("defaultAgent", configured.defaultAgent());
                            configured.agents().keySet().forEach(host.putArray("agents")::add);
                        });
        return documents.line(host, Set.of());
    }

    private Answer status(Arguments given) throws Refused {
        FleetBoard now = fleet.board().now();
        Session session = refs.one(given.text("session"));
        Board board =
                Picture.of(
                                now,
                                fleet.hosts(),
                                What.scope(List.of(session.id().value()), fleet.hosts(), now),
                                views)
                        .board(clock.instant());
        Stream<String> rows =
                Stream.of(board.sessions(), board.requests(), board.hosts())
                        .flatMap(List::stream)
                        .map(row -> documents.line(row, Set.of()));
        return Answer.of(
                        "The session, what it waits for, and its host.",
                        String.join("\n", rows.toList()))
                .and(moment(now));
    }

    private Answer inbox(Arguments given) throws Refused {
        FleetBoard now = fleet.board().now();
        Board board = board(given, now);
        Set<String> asking =
                board.requests().stream()
                        .map(request -> request.session())
                        .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        for (var request : board.requests()) {
            ObjectNode line = documents.tree(request);
            board.sessions().stream()
                    .filter(row -> row.id().equals(request.session()))
                    .findFirst()
                    .ifPresent(row -> line.put("name", row.name()).put("host", row.host()));
            lines.add(documents.line(line, Set.of()));
        }
        Cut.urgentFirst(board.sessions()).stream()
                .filter(row -> Cut.waits(row) && !asking.contains(row.id()))
                .map(row -> documents.line(row, IN_A_LIST))
                .forEach(lines::add);
        return (lines.isEmpty()
                        ? Answer.of("Nothing waits for anybody.")
                        : page("wait for somebody", lines, given))
                .and(moment(now));
    }

    private Board board(Arguments given, FleetBoard now) throws Refused {
        return Picture.of(
                        now,
                        fleet.hosts(),
                        What.scope(given.texts("what"), fleet.hosts(), now),
                        views)
                .board(clock.instant());
    }

    private static Answer page(String what, List<String> lines, Arguments given) {
        return Documents.answer(what, lines, given.count("offset"), given.count("limit"));
    }

    private String moment(FleetBoard board) {
        return "moment=" + moments.of(board);
    }
}
