package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Request;
import dev.muster.api.Ulid;
import dev.muster.session.Counters;
import dev.muster.session.JournalReader;
import dev.muster.session.JournalRecord;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import dev.muster.session.TestSpec;
import dev.muster.store.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
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
/// reader who takes one record after the other, it is what the rules say when they are told another
/// way, and the log has everything once and in order.
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

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isTheBoardOfASingleStepReader(
            @ForAll("journals") List<Line> journal, @ForAll long chance) {
        isTheBoardOfASingleStep(journal, new Random(chance));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Tag("long")
    void isTheBoardOfASingleStepReaderAThousandTimes(
            @ForAll("journals") List<Line> journal, @ForAll long chance) {
        isTheBoardOfASingleStep(journal, new Random(chance));
    }

    private static void isTheBoardOfASingleStep(List<Line> journal, Random chance) {
        String host = "host-" + ++tries;
        SessionSpec spec = spec(host);
        StringBuilder text = new StringBuilder();
        journal.forEach(line -> text.append('\n').append(line.record(spec.id())));
        byte[] bytes = text.append("\n").toString().getBytes(StandardCharsets.UTF_8);

        Session read = read(host, spec, bytes, chance);

        isWhatTheReferenceSays(read, journal);
        Session single = Session.asked(spec);
        List<SessionEvent> happened = new ArrayList<>();
        for (JournalRecord record : new JournalReader(0).take(bytes, bytes.length, NOW)) {
            if (record.content() instanceof JournalRecord.Content.Of of) {
                for (SessionEvent event : of.events()) {
                    single = single.apply(event);
                    happened.add(event);
                }
            }
        }
        assertThat(read).isEqualTo(single);
        assertThat(log(read)).isEqualTo(happened.stream().filter(e -> !isReading(e)).toList());
        database.memory().forget(host);
    }

    /// By rules that are written down a second time: see [AgentReference].
    private static void isWhatTheReferenceSays(Session read, List<Line> journal) {
        Map<Integer, List<AgentWord>> runs = new TreeMap<>();
        journal.stream()
                .filter(line -> !(line.word() instanceof AgentWord.Torn))
                .forEach(
                        line ->
                                runs.computeIfAbsent(line.run(), _ -> new ArrayList<>())
                                        .add(line.word()));
        List<AgentReference> told = runs.values().stream().map(AgentReference::new).toList();
        AgentReference newest = told.getLast();
        assertThat(shown(read.state())).isEqualTo(newest.state());
        assertThat(read.activity().requests()).extracting(Request::id).isEqualTo(newest.requests());
        assertThat(read.activity().conversation())
                .isEqualTo(
                        told.reversed().stream()
                                .map(AgentReference::conversation)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null));
        Counters used = read.meter().total();
        assertThat(used.costMicros())
                .isEqualTo(grown(runs, AgentWord.Spent.class, spent -> spent.cents() * 10_000L));
        assertThat(used.inputTokens())
                .isEqualTo(grown(runs, AgentWord.Billed.class, AgentWord.Billed::sent));
        assertThat(used.outputTokens())
                .isEqualTo(grown(runs, AgentWord.Billed.class, AgentWord.Billed::got));
    }

    /// What the counters of all processes grew by; one that falls has begun anew.
    private static <W extends AgentWord> long grown(
            Map<Integer, List<AgentWord>> runs, Class<W> type, ToLongFunction<W> counter) {
        long sum = 0;
        for (List<AgentWord> words : runs.values()) {
            long before = 0;
            for (W word : words.stream().filter(type::isInstance).map(type::cast).toList()) {
                long now = counter.applyAsLong(word);
                sum += now >= before ? now - before : now;
                before = now;
            }
        }
        return sum;
    }

    private static String shown(State state) {
        return switch (state.word()) {
            case "working", "idle", "needs-approval", "needs-input" ->
                    state.word() + (state.detail() == null ? "" : " " + state.detail());
            default -> state.word();
        };
    }

    private static List<SessionEvent> log(Session session) {
        return database.memory().history(session.id(), 0, 10_000).stream()
                .map(Memory.Remembered::event)
                // Those are the service's own.
                .filter(e -> !(e instanceof SessionEvent.Swept || e instanceof SessionEvent.Noted))
                .toList();
    }

    private static boolean isReading(SessionEvent event) {
        return event instanceof SessionEvent.Said said && said.what() instanceof AgentEvent.Used;
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
            if (chance.nextInt(3) == 0) {
                visit(ledger, spec.id(), bytes, cursor, chance);
            } else {
                // A connection reads from where the cursor stood once, and breaks off somewhere.
                long from = chance.nextInt(3) == 0 ? chance.nextLong(cursor + 1) : cursor;
                connection(ledger, bytes, bytes.length, from, chance);
            }
        }
    }

    /// A new connection looks what is there, catches up with all that was written until then, and
    /// applies what it saw. The rest of the journal comes later.
    private static void visit(
            HostLedger ledger, SessionId id, byte[] bytes, long cursor, Random chance) {
        int written = (int) cursor + chance.nextInt((int) (bytes.length - cursor)) + 1;
        while (bytes[written - 1] != '\n') {
            written++;
        }
        SessionEvent.Swept there = look(Arrays.copyOf(bytes, written));
        if (connection(ledger, bytes, written, cursor, chance) == written) {
            ledger.note(id, there);
        }
    }

    /// What a host has to show that wrote this journal.
    private static SessionEvent.Swept look(byte[] journal) {
        int run = 0;
        Long pid = null;
        Integer status = null;
        for (JournalRecord record : new JournalReader(0).take(journal, journal.length, NOW)) {
            if (record.content() instanceof JournalRecord.Content.Of of) {
                for (SessionEvent event : of.events()) {
                    int ofRun =
                            switch (event) {
                                case SessionEvent.Started e -> e.run();
                                case SessionEvent.Exited e -> e.run();
                                case SessionEvent.Said e -> e.run();
                                default -> run;
                            };
                    if (ofRun > run) {
                        run = ofRun;
                        pid = null;
                        status = null;
                    }
                    if (status == null && event instanceof SessionEvent.Started started) {
                        pid = started.pid();
                    }
                    if (status == null && event instanceof SessionEvent.Exited exited) {
                        status = exited.status();
                    }
                }
            }
        }
        return new SessionEvent.Swept(NOW, run, pid, status, status == null);
    }

    /// @return up to where it came
    private static long connection(
            HostLedger ledger, byte[] bytes, int end, long from, Random chance) {
        JournalReader reader = new JournalReader(from);
        long at = from;
        long committed = from;
        int pieces = 1 + chance.nextInt(6);
        for (int i = 0; i < pieces && at < end; i++) {
            int length = 1 + chance.nextInt((int) Math.min(2000, end - at));
            byte[] piece = Arrays.copyOfRange(bytes, (int) at, (int) at + length);
            List<JournalRecord> records = reader.take(piece, length, NOW);
            at += length;
            if (reader.offset() > committed
                    && !ledger.read(GENERATION, committed, reader.offset(), records)) {
                return committed;
            }
            committed = reader.offset();
        }
        return committed;
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
        return new HostLedger(host, database.memory(), board, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private record Line(int run, AgentWord word) {
        String record(SessionId id) {
            return word.line().replace("RUN", String.valueOf(run)).replace("ID", id.value());
        }
    }

    @Provide
    Arbitrary<List<Line>> journals() {
        return Arbitraries.of(1, 2)
                .flatMap(
                        runs -> {
                            List<Arbitrary<List<Line>>> parts = new ArrayList<>();
                            for (int run = 1; run <= runs; run++) {
                                parts.add(lines(run));
                            }
                            return Combinators.combine(parts)
                                    .as(lists -> lists.stream().flatMap(List::stream).toList());
                        });
    }

    private static Arbitrary<List<Line>> lines(int run) {
        return words(run)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(
                        words -> {
                            List<Line> lines = new ArrayList<>();
                            lines.add(new Line(run, new AgentWord.Started()));
                            // Each request has an id of its own, which it is settled by.
                            for (int i = 0; i < words.size(); i++) {
                                AgentWord word = words.get(i);
                                if (word instanceof AgentWord.Asked asked) {
                                    word =
                                            new AgentWord.Asked(
                                                    request(run, i),
                                                    asked.number(),
                                                    asked.sub(),
                                                    asked.question());
                                } else if (word instanceof AgentWord.Settled) {
                                    word = new AgentWord.Settled(newest(words, run, i));
                                }
                                lines.add(new Line(run, word));
                            }
                            return lines;
                        });
    }

    private static String request(int run, int at) {
        return "%08x%08x".formatted(run, at);
    }

    private static String newest(List<AgentWord> words, int run, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (words.get(i) instanceof AgentWord.Asked) {
                return request(run, i);
            }
        }
        return request(run, 0xfff);
    }

    private static Arbitrary<AgentWord> words(int run) {
        Arbitrary<Integer> number = Arbitraries.integers().between(1, 4);
        Arbitrary<Boolean> sub = Arbitraries.of(false, true);
        Arbitrary<AgentWord> tools =
                Arbitraries.oneOf(
                        Combinators.combine(number, sub).as(AgentWord.ToolBegan::new),
                        Combinators.combine(number, sub).as(AgentWord.ToolBegan::new),
                        Combinators.combine(number, sub).as(AgentWord.ToolEnded::new),
                        Arbitraries.just(new AgentWord.SubagentEnded()));
        Arbitrary<AgentWord> requests =
                Arbitraries.oneOf(
                        Combinators.combine(number, sub)
                                .as((n, by) -> new AgentWord.Asked("", n, by, false)),
                        Combinators.combine(number, sub)
                                .as((n, by) -> new AgentWord.Asked("", n, by, n == 4)),
                        Arbitraries.just(new AgentWord.Settled("")));
        Arbitrary<AgentWord> turns =
                Arbitraries.oneOf(
                        number.map(AgentWord.Prompted::new),
                        number.map(AgentWord.TurnEnded::new),
                        Arbitraries.of("rate_limit", "server_error", "authentication_failed")
                                .map(AgentWord.TurnFailed::new),
                        Arbitraries.of(true, false).map(AgentWord.Compacting::new),
                        Combinators.combine(number, Arbitraries.of(true, false))
                                .as((n, anew) -> new AgentWord.Began("c" + n, anew)),
                        Arbitraries.just(new AgentWord.Ended()));
        Arbitrary<AgentWord> standing =
                Arbitraries.of(
                        new AgentWord.Stands("idle", ""),
                        new AgentWord.Stands("busy", ""),
                        new AgentWord.Stands("waiting", "permission prompt"),
                        new AgentWord.Stands("waiting", "dialog open"));
        Arbitrary<AgentWord> other =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                new AgentWord.Exited(),
                                new AgentWord.Gated(),
                                new AgentWord.Torn()),
                        // No two runs say the same first: that would be one process's counter.
                        number.map(n -> new AgentWord.Spent(100 * run + n)),
                        Combinators.combine(number, number)
                                .as((n, m) -> new AgentWord.Billed(1000 * n, m)));
        return Arbitraries.frequencyOf(
                Tuple.of(8, tools),
                Tuple.of(6, requests),
                Tuple.of(8, turns),
                Tuple.of(8, standing),
                Tuple.of(3, other));
    }

    private static SessionSpec spec(String host) {
        return TestSpec.of(new SessionId(Ulid.next()), NOW)
                .owner("me")
                .name("s")
                .on(host, "api")
                .branchNotMade()
                .build();
    }
}
