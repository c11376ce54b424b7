package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private static final String COLOUR = question("Which colour?", false, "Red", "Blue", "Black");
    private static final String SIZES = question("Which sizes?", true, "Small", "Large");

    @Test
    void takesANumberALabelOrItsBeginning() throws Exception {
        for (String choice : List.of("2", "Blue", "blue", "blu")) {
            assertThat(answers(List.of(choice), COLOUR)).isEqualTo(Map.of("Which colour?", "Blue"));
        }
    }

    @Test
    void refusesWhatMeansNoneOrSeveral() throws Exception {
        for (String choice : List.of("bl", "green", "4", "0", "")) {
            assertThat(Choices.resolve(input(COLOUR), List.of(choice), false))
                    .isInstanceOf(Choices.Resolved.Unclear.class);
        }
        assertThat(Choices.resolve(input(COLOUR), List.of("1", "2"), false))
                .isInstanceOf(Choices.Resolved.Unclear.class);
    }

    @Test
    void takesOwnWordsWhereTheyAreMeant() throws Exception {
        assertThat(Choices.resolve(input(COLOUR), List.of("green"), true))
                .isEqualTo(new Choices.Resolved.Answers(ordered("Which colour?", "green")));
    }

    @Test
    void takesSeveralWhereSeveralMayBeChosen() throws Exception {
        assertThat(answers(List.of("1", "large"), SIZES))
                .isEqualTo(Map.of("Which sizes?", "Small, Large"));
        assertThat(answers(List.of("red", "2,1"), COLOUR, SIZES))
                .isEqualTo(Map.of("Which colour?", "Red", "Which sizes?", "Large, Small"));
    }

    @Test
    void takesWhatStandsBehindAnEqualsSignAsItIs() throws Exception {
        assertThat(Choices.resolve(input(COLOUR), List.of("=Bl"), true))
                .isEqualTo(new Choices.Resolved.Answers(ordered("Which colour?", "Bl")));
        assertThat(Choices.resolve(input(COLOUR), List.of("=2"), true))
                .isEqualTo(new Choices.Resolved.Answers(ordered("Which colour?", "2")));
        assertThat(Choices.resolve(input(SIZES), List.of("1", "=huge, or so"), true))
                .isEqualTo(
                        new Choices.Resolved.Answers(
                                ordered("Which sizes?", "Small, huge, or so")));
        Choices.Resolved both =
                Choices.resolve(input(COLOUR, SIZES), List.of("1", "2,=1, or 2"), true);
        assertThat(((Choices.Resolved.Answers) both).byQuestion())
                .containsExactly(
                        Map.entry("Which colour?", "Red"),
                        Map.entry("Which sizes?", "Large, 1, or 2"));
        assertThat(Choices.resolve(input(COLOUR), List.of("=Bl"), false))
                .isInstanceOf(Choices.Resolved.Unclear.class);
    }

    private static Map<String, String> answers(List<String> choices, String... questions)
            throws Exception {
        return ((Choices.Resolved.Answers) Choices.resolve(input(questions), choices, false))
                .byQuestion();
    }

    private static java.util.SequencedMap<String, String> ordered(String key, String value) {
        return new java.util.LinkedHashMap<>(Map.of(key, value));
    }

    private static com.fasterxml.jackson.databind.JsonNode input(String... questions)
            throws Exception {
        return new ObjectMapper().readTree("{\"questions\":[" + String.join(",", questions) + "]}");
    }

    private static String question(String text, boolean several, String... labels) {
        StringBuilder options = new StringBuilder();
        for (String label : labels) {
            options.append(options.isEmpty() ? "" : ",").append("{\"label\":\"" + label + "\"}");
        }
        return "{\"question\":\""
                + text
                + "\",\"multiSelect\":"
                + several
                + ",\"options\":["
                + options
                + "]}";
    }
}
