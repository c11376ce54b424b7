package dev.muster.web.mcp;

import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Near;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent gave a tool, checked against what the tool takes.
final class Arguments {
    private final Map<String, Object> given;
    private final List<Param> params;

    private Arguments(Map<String, Object> given, List<Param> params) {
        this.given = given;
        this.params = params;
    }

    /// @param given as JSON: texts, numbers, truth values, lists; a null is as if it were not there
    /// @throws Refused when something is missing, unknown, or not what it should be
    static Arguments of(Map<String, Object> given, List<Param> params) throws Refused {
        List<String> names = params.stream().map(Param::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw Refused.of(
                        Kind.USAGE,
                        "this tool takes no `" + name + "`",
                        Near.of(name, names)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("it takes: " + String.join(", ", names)));
            }
        }
        for (Param param : params) {
            check(param, given.get(param.name()));
        }
        return new Arguments(given, params);
    }

    private static void check(Param param, @Nullable Object value) throws Refused {
        if (value == null) {
            if (param.required()) {
                throw Refused.of(
                        Kind.USAGE,
                        "`" + param.name() + "` is missing",
                        param.name() + ": " + param.about());
            }
            return;
        }
        String wanted =
                switch (param) {
                    case Param.Text text ->
                            !(value instanceof String word)
                                    ? "a text"
                                    : text.choices().isEmpty() || text.choices().contains(word)
                                            ? ""
                                            : "one of " + String.join(", ", text.choices());
                    case Param.Number number ->
                            isWithin(number, value)
                                    ? ""
                                    : "a whole number from "
                                            + number.least()
                                            + " to "
                                            + number.most();
                    case Param.Flag flag -> value instanceof Boolean ? "" : "true or false";
                    case Param.Texts texts ->
                            value instanceof List<?> list
                                            && list.stream().allMatch(String.class::isInstance)
                                    ? ""
                                    : "a list of texts";
                };
        if (!wanted.isEmpty()) {
            throw Refused.of(
                    Kind.USAGE, "`" + param.name() + "` is " + wanted + ", not " + value, null);
        }
    }

    private static boolean isWithin(Param.Number param, Object value) {
        return value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.longValue() >= param.least()
                && number.longValue() <= param.most();
    }

    String text(String name) {
        return maybe(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not a required text"));
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable((String) given.get(name)).filter(text -> !text.isEmpty());
    }

    long number(String name) {
        return given.get(name) instanceof Number number ? number.longValue() : otherwise(name);
    }

    /// A number whose most is one of `int`.
    int count(String name) {
        return Math.toIntExact(number(name));
    }

    private long otherwise(String name) {
        return params.stream()
                .filter(param -> param.name().equals(name))
                .map(Param.Number.class::cast)
                .findFirst()
                .orElseThrow()
                .otherwise();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(given.get(name));
    }

    List<String> texts(String name) {
        return given.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }
}
