package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.session.Counters;
import dev.muster.session.JournalRecord;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.TestSpec;
import dev.muster.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents say they used, from the journal into the sums.
class UsageLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-20");
    private static final SessionId ONE = new SessionId("01" + "0".repeat(23) + "1");
    private static final SessionId TWO = new SessionId("01" + "0".repeat(23) + "2");

    @TempDir Path folder;
    private TestDatabase database;
    private BoardKeeper board;
    private HostLedger ledger;

    @BeforeEach
    void open() {
        database = TestDatabase.sqlite(folder.resolve("muster.db"));
        board = new BoardKeeper();
        live(Instant.parse("2026-11-21T00:00:00Z"), ZoneId.of("UTC"));
        ledger.adopt(List.of(spec(ONE, "one", "max"), spec(TWO, "two", null)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /// Another life of the service, over the same database.
    private void live(Instant now, ZoneId zone) {
        Memory memory = database.memory();
        board = new BoardKeeper();
        board.update(b -> b.withStatus(HostStatus.connecting("dev-1", "local", now)));
        board.update(
                b ->
                        b.withSessions("dev-1", memory.sessions(), List.of())
                                .withQuotas(memory.quotas()));
        ledger = new HostLedger("dev-1", memory, board, Clock.fixed(now, zone));
    }

    private static SessionSpec spec(SessionId id, String name, @Nullable String account) {
        return TestSpec.of(id, NOON).name(name).account(account).build();
    }

    private static SessionEvent used(Instant at, int run, String model, double usd, long tokens) {
        return new SessionEvent.Said(
                at,
                run,
                new AgentEvent.Used(new Reading(model, usd, tokens, 0L, 5.0, 0L, 0L, null, null)));
    }

    private static SessionEvent windows(Instant at, double five, double seven) {
        return new SessionEvent.Said(
                at,
                1,
                new AgentEvent.Used(
                        new Reading(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                new Reading.Window(five, NOON.plusSeconds(3600)),
                                new Reading.Window(seven, null))));
    }

    private boolean journal(long from, long to, SessionId id, SessionEvent... events) {
        return ledger.read(
                "g1",
                from,
                to,
                List.of(
                        new JournalRecord(
                                from, to, new JournalRecord.Content.Of(id, List.of(events)))));
    }

    private UsageSum.Table sums(UsageBy by) {
        return database.memory().usage(by, DAY.minusDays(30));
    }

    @Test
    void addsUpWithTheReadingPositionInOneTransaction() {
        assertThat(journal(0, 10, ONE, used(NOON, 1, "opus", 0.1, 100))).isTrue();
        // The same bytes once more, as after a lost connection.
        assertThat(journal(0, 10, ONE, used(NOON, 1, "opus", 0.1, 100))).isFalse();
        assertThat(journal(10, 20, ONE, used(NOON, 1, "opus", 0.3, 150))).isTrue();

        assertThat(sums(UsageBy.HOST).rows())
                .containsExactly(new UsageSum("dev-1", 1, new Counters(300_000, 150, 0, 0, 0)));
    }

    @Test
    void countsNothingTwiceOverRestartsOfTheServiceAndOfTheAgent() {
        journal(0, 10, ONE, used(NOON, 1, "opus", 0.3, 150));
        live(NOON.plusSeconds(60), ZoneId.of("UTC"));
        journal(10, 20, ONE, used(NOON, 1, "opus", 0.3, 150));
        journal(20, 30, ONE, used(NOON, 2, "opus", 0.0, 0));
        live(NOON.plusSeconds(90), ZoneId.of("UTC"));
        journal(30, 40, ONE, used(NOON, 2, "opus", 0.2, 80));

        assertThat(sums(UsageBy.HOST).total().used())
                .isEqualTo(new Counters(500_000, 230, 0, 0, 0));
    }

    @Test
    void tellsModelsAccountsAndDaysApart() {
        journal(0, 10, ONE, used(NOON, 1, "opus", 0.3, 0), used(NOON, 1, "haiku", 0.4, 0));
        journal(10, 20, TWO, used(NOON.minus(Duration.ofDays(1)), 1, "opus", 1.0, 0));

        assertThat(sums(UsageBy.MODEL).rows())
                .extracting(UsageSum::name, UsageSum::sessions, s -> s.used().costUsd())
                .containsExactly(tuple("haiku", 1, 0.1), tuple("opus", 2, 1.3));
        assertThat(sums(UsageBy.ACCOUNT).rows())
                .extracting(UsageSum::name)
                .containsExactly("claude@dev-1", "max");
        assertThat(sums(UsageBy.DAY).rows())
                .extracting(UsageSum::name)
                .containsExactly("2026-11-19", "2026-11-20");
        assertThat(sums(UsageBy.DAY).total().sessions()).isEqualTo(2);
        assertThat(database.memory().usage(UsageBy.DAY, DAY).total().used().costUsd())
                .isEqualTo(0.4);
    }

    @Test
    void beginsDaysInTheServicesZoneAndNeverInTheFuture() {
        live(Instant.parse("2026-11-20T23:30:00Z"), ZoneId.of("Europe/Berlin"));
        journal(0, 10, ONE, used(Instant.parse("2026-11-20T23:10:00Z"), 1, "opus", 0.1, 0));
        journal(10, 20, ONE, used(Instant.parse("2031-01-01T00:00:00Z"), 1, "opus", 0.2, 0));

        assertThat(sums(UsageBy.DAY).rows())
                .extracting(UsageSum::name)
                .containsExactly("2026-11-21");
    }

    @Test
    void keepsReadingsOutOfTheHistoryAndTheNewestOnTheSession() {
        journal(
                0,
                10,
                ONE,
                new SessionEvent.Started(NOON, 1, 7),
                used(NOON, 1, "opus", 0.1, 1),
                used(NOON, 1, "opus", 0.2, 2));
        live(NOON, ZoneId.of("UTC"));

        assertThat(database.memory().history(ONE, 0, 100)).hasSize(1);
        Session session = board.now().session(ONE).orElseThrow();
        assertThat(session.activity().reading()).isNotNull();
        assertThat(session.modelInUse()).isEqualTo("opus");
        assertThat(session.meter().total().costUsd()).isEqualTo(0.2);
    }

    @Test
    void keepsTheNewestWindowsOfAnAccountWhicheverSessionSaysThem() {
        journal(0, 10, ONE, windows(NOON, 40, 60));
        journal(10, 20, ONE, windows(NOON.minusSeconds(60), 30, 50));
        journal(20, 30, TWO, windows(NOON, 7, 8));
        live(NOON, ZoneId.of("UTC"));

        assertThat(board.now().quotas()).containsOnlyKeys("max", "claude@dev-1");
        Quota max = board.now().quotas().get("max");
        assertThat(max.asOf()).isEqualTo(NOON);
        assertThat(max.fiveHour()).isEqualTo(new Reading.Window(40, NOON.plusSeconds(3600)));
    }

    @Test
    void doesNotLetAHostWhoseClockIsAheadHaveTheLastWord() {
        journal(0, 10, ONE, windows(Instant.parse("2031-01-01T00:00:00Z"), 40, 60));
        live(Instant.parse("2026-11-22T00:00:00Z"), ZoneId.of("UTC"));
        journal(10, 20, ONE, windows(Instant.parse("2026-11-21T12:00:00Z"), 41, 60));

        assertThat(board.now().quotas().get("max").fiveHour().usedPercent()).isEqualTo(41);
    }

    @Test
    void forgetsTheUseOfAForgottenHostSinceItsJournalWouldBeCountedAgain() {
        journal(0, 10, ONE, used(NOON, 1, "opus", 0.3, 150));
        database.memory().removed(ONE, NOON);
        assertThat(sums(UsageBy.HOST).rows()).hasSize(1);

        database.memory().forget("dev-1");

        assertThat(sums(UsageBy.HOST).rows()).isEmpty();
        assertThat(sums(UsageBy.HOST).total()).isEqualTo(new UsageSum("total", 0, Counters.ZERO));
    }
}
