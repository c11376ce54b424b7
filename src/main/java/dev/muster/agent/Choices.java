package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what a person chose into the answers of a request's questions. Pure.
///
/// A question is `{question, options: [{label, description}], multiSelect}`, as Claude Code's
/// AskUserQuestion asks it. A choice names an option by its number from 1, by its label, or by an
/// unambiguous beginning of that. One choice for each question, in order; where there is one
/// question that takes several options, all choices are for it. For one of several such questions,
/// commas stand between numbers. Own words are meant as they are behind a `=`, also where an option
/// begins so: `=2`, or after numbers `1,3,=and blue`.
public final class Choices {
    private static final String BETWEEN = ", ";
    private static final Pattern SEVERAL =
            Pattern.compile("([0-9]+(?:,[0-9]+)*)(?:,(=.*))?", Pattern.DOTALL);

    /// The answers by question, or why there are none.
    public sealed interface Resolved {
        record Answers(SequencedMap<String, String> byQuestion) implements Resolved {}

        /// @param options what can be chosen, one line each
        record Unclear(String why, List<String> options) implements Resolved {}
    }

    private record Question(String text, List<String> labels, boolean several) {}

    private Choices() {}

    /// @param input of the request
    /// @param other a choice that is no option is an answer in the person's own words
    public static Resolved resolve(JsonNode input, List<String> choices, boolean other) {
        List<Question> questions = questions(input);
        if (questions.isEmpty()) {
            return new Resolved.Unclear("it asks nothing that can be answered here", List.of());
        }
        boolean allForOne = questions.size() == 1 && questions.getFirst().several();
        if (choices.isEmpty() || (!allForOne && choices.size() != questions.size())) {
            return new Resolved.Unclear(
                    questions.size() == 1
                            ? "it asks one question, and wants one choice"
                            : "it asks "
                                    + questions.size()
                                    + " questions, and wants a choice for each",
                    lines(questions));
        }
        SequencedMap<String, String> answers = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            List<String> chosen =
                    allForOne
                            ? choices
                            : question.several()
                                    ? several(choices.get(i), other)
                                    : List.of(choices.get(i));
            SequencedSet<String> labels = new LinkedHashSet<>();
            for (String one : chosen) {
                if (other && one.startsWith("=") && !one.substring(1).isBlank()) {
                    labels.add(one.substring(1));
                    continue;
                }
                List<String> meant = meant(question, one);
                if (meant.size() == 1) {
                    labels.add(meant.getFirst());
                } else if (meant.isEmpty() && other && !one.isBlank()) {
                    labels.add(one);
                } else {
                    return new Resolved.Unclear(
                            "`"
                                    + one
                                    + "` is "
                                    + (meant.isEmpty() ? "none" : "several")
                                    + " of the options of: "
                                    + question.text(),
                            lines(questions));
                }
            }
            answers.put(question.text(), String.join(BETWEEN, labels));
        }
        return new Resolved.Answers(answers);
    }

    /// One text for several options: their numbers, and behind `=` own words.
    private static List<String> several(String choice, boolean other) {
        Matcher parts = SEVERAL.matcher(choice);
        if (!parts.matches() || (parts.group(2) != null && !other)) {
            return List.of(choice);
        }
        List<String> chosen = new ArrayList<>(List.of(parts.group(1).split(",")));
        if (parts.group(2) != null) {
            chosen.add(parts.group(2));
        }
        return chosen;
    }

    private static List<String> meant(Question question, String choice) {
        if (choice.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(choice);
            if (number >= 1 && number <= question.labels().size()) {
                return List.of(question.labels().get(number - 1));
            }
        }
        if (question.labels().contains(choice)) {
            return List.of(choice);
        }
        String small = choice.strip().toLowerCase(Locale.ROOT);
        return small.isEmpty()
                ? List.of()
                : question.labels().stream()
                        .filter(label -> label.toLowerCase(Locale.ROOT).startsWith(small))
                        .toList();
    }

    /// The questions and their options as lines for people.
    public static List<String> lines(JsonNode input) {
        return lines(questions(input));
    }

    private static List<String> lines(List<Question> questions) {
        List<String> lines = new ArrayList<>();
        for (Question question : questions) {
            lines.add(question.text() + (question.several() ? " (several can be chosen)" : ""));
            for (int i = 0; i < question.labels().size(); i++) {
                lines.add("  " + (i + 1) + "  " + question.labels().get(i));
            }
        }
        return lines;
    }

    private static List<Question> questions(JsonNode input) {
        List<Question> questions = new ArrayList<>();
        for (JsonNode node : input.path("questions")) {
            List<String> labels = new ArrayList<>();
            node.path("options").forEach(option -> labels.add(option.path("label").asText("")));
            if (node.path("question").isTextual()) {
                questions.add(
                        new Question(
                                node.get("question").asText(),
                                labels,
                                node.path("multiSelect").asBoolean(false)));
            }
        }
        return questions;
    }
}
