package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.asks;
import static dev.muster.notify.Things.board;
import static dev.muster.notify.Things.exits;
import static dev.muster.notify.Things.hosts;
import static dev.muster.notify.Things.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.agent.Request;
import dev.muster.fleet.BoardKeeper;
import dev.muster.host.Hosts;
import dev.muster.host.Notices.Secret;
import dev.muster.host.Notices.Target;
import dev.muster.host.Notices.Way;
import dev.muster.session.Session;
import dev.muster.store.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the board to an HTTP server, over restarts of the service.
@Timeout(180)
class NotifierIT {
    @TempDir Path folder;
    private TestDatabase database;
    private Endpoint good;
    private Endpoint bad;
    private BoardKeeper keeper;
    private Notifier notifier;
    private volatile Hosts hosts;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.sqlite(folder.resolve("muster.db"));
        good = new Endpoint();
        bad = new Endpoint();
        keeper = new BoardKeeper();
        hosts = hosts(to("good", good), to("bad", bad));
        begin();
    }

    @AfterEach
    void close() {
        notifier.close();
        good.close();
        bad.close();
        database.close();
    }

    /// Another life of the service, with the same database.
    private void begin() {
        notifier = notifier();
        notifier.start();
    }

    private Notifier notifier() {
        Duration ahead = Duration.between(Instant.now(), NOON.plusSeconds(5));
        return Notifier.of(
                keeper,
                () -> hosts,
                Things.OWNER,
                database.memory(),
                database.outbox(),
                name -> Optional.empty(),
                Clock.offset(Clock.systemUTC(), ahead));
    }

    private static Target to(String name, Endpoint endpoint) {
        return Things.target(
                name,
                new Way.Webhook(
                        new Secret.Plain(endpoint.url("/")),
                        Optional.empty(),
                        Optional.of("{event} {session}")));
    }

    private void show(Session... sessions) {
        keeper.update(
                b ->
                        b.hosts().isEmpty()
                                ? board(sessions)
                                : b.withSessions("dev-1", List.of(sessions), Set.of()));
    }

    private static List<String> bodies(Endpoint endpoint) {
        return endpoint.got.stream().map(Endpoint.Got::body).toList();
    }

    private static Session ended(int number) {
        return session(number).apply(exits(NOON.plusMillis(number), 0));
    }

    @Test
    void tellsEachOnceAndInOrderAndLetsNobodyWaitForAnother() {
        bad.manners.add(bad.hang());
        show(IntStream.range(1, 21).mapToObj(NotifierIT::ended).toArray(Session[]::new));

        await().until(() -> good.got.size() >= 20);
        show(ended(30));
        await().until(() -> good.got.size() >= 21);

        assertThat(bodies(good).subList(0, 20))
                .containsExactlyElementsOf(
                        IntStream.range(1, 21).mapToObj(n -> "finished s" + n).toList());
        assertThat(bodies(good)).hasSize(21).doesNotHaveDuplicates();
        // Should the silence have become too long, it is the same one that is sent again.
        await().untilAsserted(() -> assertThat(bodies(bad)).containsOnly("finished s1"));
    }

    @Test
    void goesOnAfterARestartInTheMiddleWithoutTellingAnythingTwice() {
        bad.manners.add(bad.hang());
        show(ended(1), ended(2), ended(3));
        await().until(() -> good.got.size() == 3 && bad.got.size() == 1);

        notifier.close();
        begin();

        // The one that hung is sent again, under its old id.
        await().until(() -> bad.got.size() == 4);
        show(ended(4));
        await().until(() -> good.got.size() == 4 && bad.got.size() == 5);
        assertThat(bodies(good)).doesNotHaveDuplicates();
        assertThat(bodies(bad))
                .containsExactly(
                        "finished s1", "finished s1", "finished s2", "finished s3", "finished s4");
        assertThat(bad.got.get(0).header("webhook-id"))
                .isEqualTo(bad.got.get(1).header("webhook-id"));
    }

    @Test
    void triesAgainWhatFailed() {
        bad.manners.add(Endpoint.status(500));
        show(ended(1));

        await().until(() -> bad.got.size() == 2 && database.outbox().next("bad").isEmpty());
        assertThat(bodies(bad)).containsExactly("finished s1", "finished s1");
    }

    @Test
    void writesDownWhatItGivesUp() throws Exception {
        bad.manners.add(Endpoint.status(404));
        show(ended(1));

        await().until(() -> audited().size() == 1 && database.outbox().next("bad").isEmpty());
        assertThat(audited())
                .containsExactly(
                        "muster notify dev-1 bad was not told: s1 on dev-1 finished: it answered"
                                + " with status 404");
    }

    private List<String> audited() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("muster.db"));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT who || ' ' || action || ' ' || host || ' ' || outcome"
                                        + " FROM audit ORDER BY seq")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    @Test
    void tellsANewTargetWhatWaitsWhenTheFileNamesIt() throws Exception {
        show(session(1).apply(asks(NOON, "r1", Request.Kind.QUESTION)), ended(2));
        await().until(() -> good.got.size() == 2);

        try (Endpoint late = new Endpoint()) {
            hosts = hosts(to("good", good), to("late", late));
            // As the fleet does when it takes up a file.
            keeper.update(b -> b.ordered(List.of("dev-1")));

            await().until(() -> late.got.size() == 2);
            assertThat(bodies(late)).containsExactlyInAnyOrder("question s1", "finished s2");
            assertThat(good.got).hasSize(2);
        }
    }

    @Test
    void tellsNobodyWithoutTargets() {
        notifier.close();
        hosts = hosts();
        show(ended(1));

        assertThat(notifier().look()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(database.outbox().marks()).isEmpty();
    }
}
