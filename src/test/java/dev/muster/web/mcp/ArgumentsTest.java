package dev.muster.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.fleet.Refused;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final List<Param> PARAMS =
            List.of(
                    Param.text("session", "Which"),
                    new Param.Text("how", "How", false, List.of("fast", "slow")),
                    new Param.Number("lines", "How many", 0, 100, 7),
                    new Param.Flag("all", "Everything"),
                    new Param.Texts("what", "Names"));

    @Test
    void takesWhatTheToolTakes() throws Refused {
        Arguments given =
                Arguments.of(
                        Map.of(
                                "session",
                                "a",
                                "how",
                                "slow",
                                "lines",
                                8,
                                "all",
                                true,
                                "what",
                                List.of("x", "y")),
                        PARAMS);

        assertThat(given.text("session")).isEqualTo("a");
        assertThat(given.maybe("how")).contains("slow");
        assertThat(given.count("lines")).isEqualTo(8);
        assertThat(given.flag("all")).isTrue();
        assertThat(given.texts("what")).containsExactly("x", "y");
    }

    @Test
    void takesANullForSomethingThatIsNotThere() throws Refused {
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("session", "a");
        PARAMS.stream().skip(1).forEach(param -> nulls.put(param.name(), null));
        Arguments given = Arguments.of(nulls, PARAMS);

        assertThat(given.maybe("how")).isEmpty();
        assertThat(given.number("lines")).isEqualTo(7);
        assertThat(given.flag("all")).isFalse();
        assertThat(given.texts("what")).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(refusal(Map.of())).isEqualTo("`session` is missing");
        assertThat(refusal(with("sesion", "a"))).isEqualTo("this tool takes no `sesion`");
        assertThat(refusal(with("session", 1))).isEqualTo("`session` is a text, not 1");
        assertThat(refusal(with("how", "well"))).isEqualTo("`how` is one of fast, slow, not well");
        for (Object number : List.of(-1, 101, 1.5, "5", 1L << 40, Double.NaN)) {
            assertThat(refusal(with("lines", number)))
                    .isEqualTo("`lines` is a whole number from 0 to 100, not " + number);
        }
        assertThat(refusal(with("all", "true"))).isEqualTo("`all` is true or false, not true");
        assertThat(refusal(with("what", "x"))).isEqualTo("`what` is a list of texts, not x");
        assertThat(refusal(with("what", List.of(1))))
                .isEqualTo("`what` is a list of texts, not [1]");
    }

    @Test
    void describesTheSameThingsInTheSchema() {
        JsonObject schema = Param.schema(PARAMS);

        assertThat(schema.getJsonArray("required")).containsExactly("session");
        assertThat(schema.getJsonObject("properties").getJsonObject("how").encode())
                .isEqualTo(
                        "{\"type\":\"string\",\"enum\":[\"fast\",\"slow\"],\"description\":\"How\"}");
        assertThat(schema.getJsonObject("properties").getJsonObject("lines").encode())
                .contains("\"type\":\"integer\"", "\"maximum\":100", "\"default\":7");
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> given = new HashMap<>(Map.of("session", "a"));
        given.put(name, value);
        return given;
    }

    private static String refusal(Map<String, Object> given) {
        return catchThrowableOfType(Refused.class, () -> Arguments.of(given, PARAMS)).sentence();
    }
}
