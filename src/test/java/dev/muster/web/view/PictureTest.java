package dev.muster.web.view;

import static dev.muster.web.view.Boards.T0;
import static dev.muster.web.view.Boards.board;
import static dev.muster.web.view.Boards.byHand;
import static dev.muster.web.view.Boards.id;
import static dev.muster.web.view.Boards.online;
import static dev.muster.web.view.Boards.running;
import static dev.muster.web.view.Boards.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.api.BoardProblem;
import dev.muster.api.HostRow;
import dev.muster.api.RequestRow;
import dev.muster.api.SessionRow;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.HostState;
import dev.muster.fleet.Quota;
import dev.muster.host.Hosts;
import dev.muster.session.SessionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final Instant RESETS = T0.plusSeconds(3600);
    private static final Views VIEWS = new Views("service1");
    private final FleetBoard before =
            board(running(1, "dev-1", "one"), session(2, "dev-1", "two"), session(3, "dev-2", "x"));

    @Test
    void tellsOnlyWhatChanged() {
        FleetBoard after =
                before.withSessions(
                        "dev-1",
                        List.of(
                                running(1, "dev-1", "one")
                                        .apply(new SessionEvent.Exited(T0, 1, 137))),
                        Set.of());

        BoardChange change = change(before, after).orElseThrow();

        assertThat(change.sessions()).extracting(SessionRow::name).containsExactly("one");
        SessionRow row = change.sessions().getFirst();
        assertThat(row.state()).isEqualTo("crashed");
        assertThat(row.signal()).isEqualTo("KILL");
        assertThat(change.hosts()).isEmpty();
        assertThat(change.goneSessions()).isEmpty();
        assertThat(change.totals()).isEqualTo(new Board.Totals(3, 1));
    }

    @Test
    void takesAHeartbeatForAChangeOfItsHostOnly() {
        FleetBoard after = before.withStatus(online("dev-1", T0.plusSeconds(10)));

        BoardChange change = change(before, after).orElseThrow();

        assertThat(change.hosts()).extracting(HostRow::name).containsExactly("dev-1");
        assertThat(change.sessions()).isEmpty();
    }

    @Test
    void marksTheRowsOfAHostThatWentWithTheAgeOfWhatIsKnown() {
        FleetBoard heard = before.withStatus(online("dev-1", T0.plusSeconds(10)));
        FleetBoard after =
                heard.withStatus(
                        online("dev-1", T0.plusSeconds(10))
                                .to(HostState.OFFLINE, "no answer", T0.plusSeconds(60)));

        SessionRow fresh = row(heard, "one");
        assertThat(fresh.stale()).isFalse();
        assertThat(fresh.asOf()).isEqualTo(T0.plusSeconds(10));
        assertThat(change(heard, after).orElseThrow().sessions())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.stale()).isTrue());
    }

    @Test
    void tellsWhatWent() {
        FleetBoard after =
                before.withSessions("dev-1", List.of(), Set.of(id(2))).withoutHost("dev-2");

        BoardChange change = change(before, after).orElseThrow();

        assertThat(change.goneSessions()).containsExactlyInAnyOrder(id(2).value(), id(3).value());
        assertThat(change.goneHosts()).containsExactly("dev-2");
    }

    @Test
    void doesNotCallASessionGoneThatMovedToAnotherHostsName() {
        FleetBoard after =
                before.withSessions("dev-2", List.of(), Set.of(id(3)))
                        .withSessions("dev-1", List.of(session(3, "dev-1", "x")), Set.of());

        BoardChange change = change(before, after).orElseThrow();

        assertThat(change.goneSessions()).isEmpty();
        assertThat(change.sessions()).extracting(SessionRow::host).containsExactly("dev-1");
    }

    @Test
    void tellsNothingWhenNothingInScopeChanged() {
        Scope scope = new Scope.Part(Set.of("dev-2"), Set.of());
        FleetBoard after = before.withSessions("dev-1", List.of(), Set.of(id(2)));

        assertThat(change(before, before)).isEmpty();
        assertThat(picture(after, scope).since(picture(before, scope), T0)).isEmpty();
    }

    @Test
    void showsTheHostOfASessionThatWasAskedFor() {
        Board board = picture(before, new Scope.Part(Set.of(), Set.of(id(3)))).board(T0);

        assertThat(board.hosts()).extracting(HostRow::name).containsExactly("dev-2");
        assertThat(board.sessions()).extracting(SessionRow::name).containsExactly("x");
        assertThat(board.totals().sessions()).isEqualTo(1);
    }

    @Test
    void namesAnotherServiceThatOwnsASession() {
        Picture other =
                Picture.of(before, Hosts.local(), new Scope.Everything(), new Views("other000"));

        assertThat(row(before, "one").owner()).isEqualTo("this");
        assertThat(other.board(T0).sessions().getFirst().owner()).isEqualTo("service1");
    }

    @Test
    void showsAccountsThatTheFileNamesOrThatHaveToldWhatTheyHaveLeft() {
        FleetBoard told = before.withQuotas(List.of(quota("claude@dev-1", 40), quota("other", 1)));

        Board board = picture(told, new Scope.Everything()).board(T0);

        assertThat(board.accounts())
                .containsExactly(
                        new AccountRow(
                                "claude@dev-1", new AccountRow.Window(40.0, RESETS), null, T0));
        assertThat(board.problems()).isEmpty();
        Scope elsewhere = new Scope.Part(Set.of("dev-2"), Set.of());
        assertThat(picture(told, elsewhere).board(T0).accounts()).isEmpty();
    }

    @Test
    void tellsNewReadingsOfAccountsAndWhatRunsOut() {
        FleetBoard little = before.withQuotas(List.of(quota("claude@dev-1", 40)));
        FleetBoard much = before.withQuotas(List.of(quota("claude@dev-1", 82)));

        assertThat(change(little, little)).isEmpty();
        BoardChange change = change(little, much).orElseThrow();

        assertThat(change.accounts()).extracting(AccountRow::name).containsExactly("claude@dev-1");
        assertThat(change.sessions()).isEmpty();
        assertThat(change.problems())
                .extracting(
                        BoardProblem::about,
                        BoardProblem::detail,
                        BoardProblem::percent,
                        BoardProblem::until)
                .containsExactly(
                        tuple("claude@dev-1", "82 % of its 5-hour window used", 80, RESETS));
        assertThat(change(much, before).orElseThrow().goneAccounts())
                .containsExactly("claude@dev-1");
        assertThat(change(much, before).orElseThrow().problems()).isEmpty();
    }

    @Test
    void saysWhereADialogIsAnsweredThatSomebodyStartedByHand() {
        FleetBoard board = board(byHand(1, "dev-1", "one"));

        assertThat(picture(board, new Scope.Everything()).board(T0).requests())
                .extracting(RequestRow::kind, RequestRow::host, RequestRow::byHand)
                .containsExactly(tuple("screen", "dev-1", "/srv/app, process 42"));
    }

    @Test
    void saysWhenASessionOverALimitGoesOn() {
        FleetBoard limited =
                board(
                        running(1, "dev-1", "one")
                                .apply(
                                        said(
                                                new AgentEvent.Used(
                                                        new Reading(
                                                                "opus",
                                                                0.5,
                                                                null,
                                                                null,
                                                                91.0,
                                                                null,
                                                                null,
                                                                new Reading.Window(100, RESETS),
                                                                null))))
                                .apply(
                                        said(
                                                new AgentEvent.TurnFailed(
                                                        "rate_limit", "You've hit your limit"))));

        SessionRow row = row(limited, "one");

        assertThat(row.state()).isEqualTo("rate-limited");
        assertThat(row.until()).isEqualTo(RESETS);
        assertThat(row.model()).isEqualTo("opus");
        assertThat(row.usage()).isEqualTo(new SessionRow.Usage(0.5, null, null, 91.0, null, null));
        assertThat(picture(limited, new Scope.Everything()).board(T0).problems())
                .extracting(BoardProblem::about)
                .containsExactly("dev-1/one");
    }

    private static SessionEvent said(AgentEvent what) {
        return new SessionEvent.Said(T0, 1, what);
    }

    private static Quota quota(String account, double percent) {
        return new Quota(account, new Reading.Window(percent, RESETS), null, T0);
    }

    private static SessionRow row(FleetBoard board, String name) {
        return picture(board, new Scope.Everything()).board(T0).sessions().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<BoardChange> change(FleetBoard before, FleetBoard after) {
        Picture seen = picture(before, new Scope.Everything());
        return seen.next(after, Hosts.local()).since(seen, Instant.EPOCH);
    }

    private static Picture picture(FleetBoard board, Scope scope) {
        return Picture.of(board, Hosts.local(), scope, VIEWS);
    }
}
