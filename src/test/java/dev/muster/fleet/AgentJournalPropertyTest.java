package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import dev.muster.session.JournalReader;
import dev.muster.session.JournalRecord;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.store.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// What agents say, through the real reading, memory and board: however the journal's bytes are
/// cut, repeated or delayed, and however often the service is started anew, the board is that of a
/// reader who takes one record after the other.
class AgentJournalPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GENERATION = "g1";
    private static Path folder = Path.of("");
    private static TestDatabase database;
    private static int tries;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("agent-journal");
        database = TestDatabase.sqlite(folder.resolve("muster.db"));
    }

    @AfterContainer
    static void close() throws IOException {
        database.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void isTheBoardOfASingleStepReader(
            @ForAll("journals") List<String> journal, @ForAll long chance) {
        isTheBoardOfASingleStep(journal, new Random(chance));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Tag("long")
    void isTheBoardOfASingleStepReaderAThousandTimes(
            @ForAll("journals") List<String> journal, @ForAll long chance) {
        isTheBoardOfASingleStep(journal, new Random(chance));
    }

    private static void isTheBoardOfASingleStep(List<String> journal, Random chance) {
        String host = "host-" + ++tries;
        SessionSpec spec = spec(host);
        StringBuilder text = new StringBuilder();
        journal.forEach(
                record -> text.append('\n').append(record.replace("ID", spec.id().value())));
        byte[] bytes = text.append("\n").toString().getBytes(StandardCharsets.UTF_8);

        Session reference = Session.asked(spec);
        for (JournalRecord record : new JournalReader(0).take(bytes, bytes.length, NOW)) {
            if (record.content() instanceof JournalRecord.Content.Of of) {
                for (SessionEvent event : of.events()) {
                    reference = reference.apply(event);
                }
            }
        }
        assertThat(read(host, spec, bytes, chance)).isEqualTo(reference);
        database.memory().forget(host);
    }

    /// Reads as a service does that is killed, started anew and sent the same bytes again.
    private static Session read(String host, SessionSpec spec, byte[] bytes, Random chance) {
        BoardKeeper board = new BoardKeeper();
        HostLedger ledger = ledger(host, board);
        ledger.adopt(List.of(spec));
        while (true) {
            long cursor = database.memory().cursors(host).getOrDefault(GENERATION, 0L);
            if (cursor >= bytes.length) {
                return board.now().session(spec.id()).orElseThrow();
            }
            if (chance.nextInt(4) == 0) {
                board = new BoardKeeper();
                ledger = ledger(host, board);
            }
            // A connection reads from where the cursor stood once, and breaks off somewhere.
            long from = chance.nextInt(3) == 0 ? chance.nextLong(cursor + 1) : cursor;
            connection(ledger, bytes, from, chance);
        }
    }

    private static void connection(HostLedger ledger, byte[] bytes, long from, Random chance) {
        JournalReader reader = new JournalReader(from);
        long at = from;
        long committed = from;
        int pieces = 1 + chance.nextInt(6);
        for (int i = 0; i < pieces && at < bytes.length; i++) {
            int length = 1 + chance.nextInt((int) Math.min(2000, bytes.length - at));
            byte[] piece = Arrays.copyOfRange(bytes, (int) at, (int) at + length);
            List<JournalRecord> records = reader.take(piece, length, NOW);
            at += length;
            if (reader.offset() > committed
                    && !ledger.read(GENERATION, committed, reader.offset(), records)) {
                return;
            }
            committed = reader.offset();
        }
    }

    private static HostLedger ledger(String host, BoardKeeper board) {
        List<Session> known =
                database.memory().sessions().stream()
                        .filter(session -> session.spec().host().equals(host))
                        .toList();
        board.update(
                b ->
                        b.withStatus(HostStatus.connecting(host, "", NOW))
                                .withSessions(host, known, Set.of()));
        return new HostLedger(host, database.memory(), board, Clock.systemUTC());
    }

    @Provide
    Arbitrary<List<String>> journals() {
        return Arbitraries.of(1, 2)
                .flatMap(
                        runs -> {
                            List<Arbitrary<List<String>>> parts = new ArrayList<>();
                            for (int run = 1; run <= runs; run++) {
                                parts.add(records(run).list().ofMinSize(1).ofMaxSize(40));
                            }
                            return Combinators.combine(parts)
                                    .as(lists -> lists.stream().flatMap(List::stream).toList());
                        });
    }

    private static Arbitrary<String> records(int run) {
        Arbitrary<Integer> number = Arbitraries.integers().between(1, 4);
        Arbitrary<String> hook =
                Combinators.combine(
                                Arbitraries.of(
                                        "\"SessionStart\",\"source\":\"startup\",\"session_id\":\"N\"",
                                        "\"SessionStart\",\"source\":\"clear\",\"session_id\":\"N\"",
                                        "\"SessionStart\",\"source\":\"compact\"",
                                        "\"UserPromptSubmit\",\"prompt\":\"do N\"",
                                        "\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_use_id\":\"N\","
                                                + "\"tool_input\":{\"command\":\"N\"}",
                                        "\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_use_id\":\"aN\","
                                                + "\"agent_id\":\"sub\",\"tool_input\":{}",
                                        "\"PostToolUse\",\"tool_name\":\"Bash\",\"tool_use_id\":\"N\"",
                                        "\"SubagentStop\",\"agent_id\":\"sub\"",
                                        "\"Stop\",\"last_assistant_message\":\"ä N\"",
                                        "\"StopFailure\",\"error\":\"rate_limit\"",
                                        "\"PreCompact\"",
                                        "\"PostCompact\"",
                                        "\"SessionEnd\",\"reason\":\"clear\""),
                                number)
                        .as((event, n) -> agent(run, "hook", hookInput(event, n)));
        Arbitrary<String> registry =
                Arbitraries.of(
                                "{\"status\":\"idle\"}",
                                "{\"status\":\"busy\"}",
                                "{\"status\":\"waiting\",\"waitingFor\":\"permission prompt\"}",
                                "{\"status\":\"waiting\",\"waitingFor\":\"dialog open\"}")
                        .map(data -> agent(run, "registry", data));
        Arbitrary<String> other =
                Arbitraries.of(
                        "{\"s\":\"ID\",\"k\":\"start\",\"run\":" + run + ",\"pid\":7,\"t\":1000}",
                        "{\"s\":\"ID\",\"k\":\"exit\",\"run\":" + run + ",\"rc\":0,\"t\":1000}",
                        agent(run, "gate", "{\"gates\":\"trust\"}"),
                        agent(run, "status", "{\"cost.total_cost_usd\":" + run + "}"),
                        "{\"s\":\"ID\",\"k\":\"agent\",\"a\":\"claude\",\"src\":\"hook\",\"d\":{\"ho",
                        "");
        return Arbitraries.frequencyOf(
                Tuple.of(8, hook), Tuple.of(4, registry), Tuple.of(1, other));
    }

    private static String hookInput(String event, int n) {
        return "{\"hook_event_name\":"
                + event.replace("N\"", n + "\"").replace("do N", "do " + n)
                + "}";
    }

    private static String agent(int run, String source, String data) {
        return "{\"s\":\"ID\",\"k\":\"agent\",\"a\":\"claude\",\"run\":"
                + run
                + ",\"t\":1000,\"src\":\""
                + source
                + "\",\"d\":"
                + data
                + "}";
    }

    private static SessionSpec spec(String host) {
        return new SessionSpec(
                new SessionId(Ulid.next()),
                "me",
                "s",
                host,
                "api",
                "/r",
                null,
                null,
                false,
                null,
                "claude",
                "claude",
                null,
                null,
                Map.of(),
                List.of(),
                null,
                List.of(),
                NOW,
                null,
                null);
    }
}
