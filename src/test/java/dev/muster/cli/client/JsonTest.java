package dev.muster.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.muster.api.AccountRow;
import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.api.BoardProblem;
import dev.muster.api.HostRow;
import dev.muster.api.LogEntry;
import dev.muster.api.Problem;
import dev.muster.api.RequestRow;
import dev.muster.api.ServiceInfo;
import dev.muster.api.SessionRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final Instant THEN = Instant.parse("2026-11-20T17:00:00.25Z");

    @Test
    void readsTheBoardThatItWrote() throws JsonProcessingException {
        SessionRow session =
                new SessionRow(
                        "01K",
                        "na\"me \\ \u00e9\ud83d\ude80",
                        "dev-1",
                        "api",
                        null,
                        "main",
                        "/srv/a b",
                        "claude",
                        null,
                        "running",
                        "idle",
                        "a\nb\u0000",
                        THEN,
                        THEN.plusNanos(1),
                        THEN.minusSeconds(9),
                        true,
                        false,
                        true,
                        "this",
                        new SessionRow.Changes(1, 2, 3, 4),
                        new SessionRow.Usage(0.42, 1L << 40, null, 37.0, 5L, null),
                        Map.of("team", "a"),
                        "max",
                        -1,
                        "KILL",
                        null,
                        THEN);
        HostRow host =
                new HostRow(
                        "dev-1",
                        "online",
                        null,
                        "password",
                        THEN,
                        null,
                        12L,
                        "local",
                        1,
                        List.of(new HostRow.HostProblem("tmux", "old", null)),
                        Map.of(),
                        List.of("api", "web"),
                        Map.of("git", "2.39"),
                        new HostRow.Disk(1L << 40, 300),
                        new HostRow.Load(0.42, null));
        JsonNode input = Json.read("{\"command\":[1,{\"a\":null}]}", JsonNode.class);
        Board board =
                new Board(
                        THEN,
                        new Board.Totals(1, 0),
                        List.of(host),
                        List.of(session),
                        List.of(
                                new RequestRow(
                                        "r",
                                        "01K",
                                        "one",
                                        "dev-1",
                                        "approval",
                                        "Bash",
                                        "ls",
                                        input,
                                        false,
                                        true,
                                        List.of("allow Bash(ls) for this session"),
                                        null,
                                        null,
                                        THEN)),
                        List.of(
                                new AccountRow(
                                        "max", new AccountRow.Window(37.5, THEN), null, THEN)),
                        List.of(new BoardProblem("limit", "max", "80 %", 80, null, THEN)));

        assertThat(Json.read(Json.write(board), Board.class)).isEqualTo(board);
    }

    @Test
    void leavesOutWhatIsMissingAndPassesOverWhatItDoesNotKnow() throws JsonProcessingException {
        SessionRow row =
                Json.read(
                        "{\"later\": {\"x\": [1, {}]}, \"name\": \"one\", \"stale\": null}",
                        SessionRow.class);

        assertThat(row.name()).isEqualTo("one");
        assertThat(row.stale()).isFalse();
        assertThat(row.since()).isNull();
        assertThat(row.changes()).isNull();
    }

    /// A service of another version may not have them.
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"hosts\": null, \"labels\": null, \"hostsErrors\": null}"})
    void readsListsAndMapsThatAreMissingAsEmpty(String text) throws JsonProcessingException {
        assertThat(Json.read(text, ServiceInfo.class).hostsErrors()).isEmpty();
        assertThat(Json.read(text, SessionRow.class).labels()).isEmpty();
        assertThat(Json.read(text, Board.class).hosts()).isEmpty();
    }

    @Test
    void keepsWhatMeansSomethingElseThanEmpty() throws JsonProcessingException {
        assertThat(Json.read("{}", BoardChange.class).problems()).isNull();
        assertThat(Json.read("{\"problems\": []}", BoardChange.class).problems()).isEmpty();
    }

    @Test
    void readsListsOfRecordsEnumsAndNullInTheMiddle() throws JsonProcessingException {
        LogEntry[] log =
                Json.read(
                        "[{\"seq\":7,\"at\":\"2026-11-20T17:00:00Z\"}, {\"text\":\"b\"}]",
                        LogEntry[].class);
        assertThat(log).extracting(LogEntry::seq).containsExactly(7L, 0L);

        Problem problem = Json.read("{\"code\":\"WOULD_LOSE\"}", Problem.class);
        assertThat(problem.code()).isEqualTo(Problem.Code.WOULD_LOSE);

        RequestRow request = Json.read("{\"input\":null,\"id\":\"r\"}", RequestRow.class);
        assertThat(request.input()).isEqualTo(NullNode.getInstance());
        assertThat(request.id()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "[]",
                "{\"seq\": \"x\"}",
                "{\"seq\": 99999999999999999999}",
                "{\"at\": \"yesterday\"}",
                "{\"at\": 3}",
                "{\"text\": {}}",
                "{\"text\": \"cut"
            })
    void refusesWhatIsSomethingElse(String text) {
        assertThatThrownBy(() -> Json.read(text, LogEntry.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void refusesAnEnumOfALaterVersion() {
        assertThatThrownBy(() -> Json.read("{\"code\":\"LATER\"}", Problem.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("Code");
    }

    @Property
    void readsEveryInstantAsJavaDoes(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);

        assertThat(WireInstant.parse(instant.toString())).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T17:00:00Z",
                "2026-11-20T17:00:00.5Z",
                "2026-11-20T17:00:00.000000001Z",
                "2026-11-20T17:00:00.0Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T17:00:00+01:00",
                "2024-02-29T00:00:00Z"
            })
    void readsAnInstantHoweverItIsWritten(String text) {
        assertThat(WireInstant.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-13-20T17:00:00Z",
                "2026-02-30T17:00:00Z",
                "2026-11-20T25:00:00Z",
                "2026-11-20T17:00:00.1234567890Z",
                "2026-11-20 17:00:00Z",
                "2026-11-20T1\u0667:00:00Z"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> WireInstant.parse(text))
                .isInstanceOf(java.time.DateTimeException.class);
    }
}
