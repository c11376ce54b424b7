package dev.muster.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private final Documents documents = new Documents(new ObjectMapper());

    @Test
    void leavesOutWhatSaysNothing() {
        Map<String, Object> row =
                new TreeMap<>(Map.of("a", 1, "b", List.of(), "c", Map.of(), "d", false));
        row.put("e", null);

        assertThat(documents.line(row, Set.of())).isEqualTo("{\"a\":1,\"d\":false}");
        assertThat(documents.line(row, Set.of("a", "e"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void saysWhereTheRestBegins() {
        List<String> lines = List.of("one", "two", "three");

        assertThat(Documents.answer("rows", lines, 0, 2))
                .isEqualTo(Answer.of("2 of 3 rows. For the rest: offset=2.", "one\ntwo"));
        assertThat(Documents.answer("rows", lines, 2, 2))
                .isEqualTo(Answer.of("1 of 3 rows.", "three"));
        assertThat(Documents.answer("rows", lines, 9, 2)).isEqualTo(Answer.of("0 of 3 rows."));
        assertThat(Documents.answer("rows", List.of(), 0, 2)).isEqualTo(Answer.of("0 rows."));
    }

    @Test
    void takesNoMoreThanAnAnswerHasRoomFor() {
        List<String> lines = Collections.nCopies(100, "x".repeat(999));
        int room = Answer.MOST / 1000;

        assertThat(Documents.page(lines, 0, 500).next()).isEqualTo(room);
        assertThat(Documents.page(lines, room, 500).next()).isEqualTo(2 * room);
        assertThat(Documents.page(List.of("x".repeat(2 * Answer.MOST)), 0, 1).next()).isEqualTo(1);
    }
}
