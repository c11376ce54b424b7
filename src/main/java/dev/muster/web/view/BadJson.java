package dev.muster.web.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.muster.api.Problem;
import dev.muster.host.Near;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a request's body, without a word about classes.
public final class BadJson {
    private BadJson() {}

    public static Problem problem(JsonProcessingException bad) {
        return switch (bad) {
            case UnrecognizedPropertyException e -> unknown(e);
            case MismatchedInputException e when e.getPath().isEmpty() ->
                    usage("the request's body is empty, or no JSON object", "send a JSON object");
            case JsonMappingException e ->
                    usage(
                            "the field `" + path(e) + "` is missing or has a value of a wrong kind",
                            "GET /q/openapi describes it");
            default ->
                    usage(
                            "the request's body is no JSON: line "
                                    + bad.getLocation().getLineNr()
                                    + ", column "
                                    + bad.getLocation().getColumnNr(),
                            "send JSON in UTF-8");
        };
    }

    private static Problem unknown(UnrecognizedPropertyException e) {
        List<String> known =
                Optional.<Collection<Object>>ofNullable(e.getKnownPropertyIds())
                        .orElse(List.of())
                        .stream()
                        .map(Object::toString)
                        .sorted()
                        .toList();
        return usage(
                "there is no field `" + path(e) + "`",
                Near.of(e.getPropertyName(), known)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("fields: " + String.join(", ", known)));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static Problem usage(String detail, @Nullable String fix) {
        return Problems.of(400, Problem.Code.USAGE, detail, fix);
    }
}
