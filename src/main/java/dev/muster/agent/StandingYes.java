package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// What a standing yes to a request permits from then on, in words for the person who gives it:
/// the suggestions of [Request], each in one line. Of one that holds anything that is not known
/// here, all of it is shown as it was given: nobody permits what they were not shown. Pure.
///
/// Of Claude Code the shapes are those of `permission_suggestions` in its hooks reference, of
/// OpenCode `{"pattern": …}` (`lib/opencode.mjs`).
public final class StandingYes {
    private StandingYes() {}

    public static List<String> of(Request request) {
        return request.suggestions().stream()
                .map(each -> words(request.tool(), each).orElseGet(each::toString))
                .toList();
    }

    private static Optional<String> words(String tool, JsonNode suggestion) {
        return switch (suggestion.path("type").asText("")) {
            case "" ->
                    has(suggestion, "pattern")
                            ? text(suggestion, "pattern")
                                    .map(p -> "allow " + tool + "(" + p + ") until the agent ends")
                            : Optional.empty();
            case "addRules" ->
                    has(suggestion, "type", "rules", "behavior", "destination")
                            ? behavior(suggestion)
                                    .flatMap(
                                            does ->
                                                    listed(suggestion.path("rules"))
                                                            .map(rules -> does + " " + rules))
                                    .map(said -> said + where(suggestion))
                            : Optional.empty();
            case "addDirectories" ->
                    has(suggestion, "type", "directories", "destination")
                            ? listed(suggestion.path("directories"))
                                    .map(folders -> "work in " + folders + where(suggestion))
                            : Optional.empty();
            case "setMode" ->
                    has(suggestion, "type", "mode", "destination")
                            ? text(suggestion, "mode")
                                    .map(mode -> "permission mode " + mode + where(suggestion))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// Whether it has these fields and no other: one that is not known could widen it.
    private static boolean has(JsonNode object, String... fields) {
        return object.isObject()
                && Set.of(fields)
                        .containsAll(object.propertyStream().map(e -> e.getKey()).toList());
    }

    private static Optional<String> behavior(JsonNode suggestion) {
        return text(suggestion, "behavior")
                .filter(word -> Set.of("allow", "deny", "ask").contains(word));
    }

    /// Names of folders, or rules as Claude Code writes them: `Tool(content)`, or `Tool` for all.
    private static Optional<String> listed(JsonNode items) {
        List<Optional<String>> all =
                StreamSupport.stream(items.spliterator(), false).map(StandingYes::item).toList();
        return all.isEmpty() || all.contains(Optional.<String>empty())
                ? Optional.empty()
                : Optional.of(String.join(", ", all.stream().map(Optional::orElseThrow).toList()));
    }

    private static Optional<String> item(JsonNode item) {
        if (item.isTextual()) {
            return Optional.of(item.asText());
        }
        if (!has(item, "toolName", "ruleContent")) {
            return Optional.empty();
        }
        return text(item, "toolName")
                .map(
                        name ->
                                item.hasNonNull("ruleContent")
                                        ? name + "(" + item.get("ruleContent").asText() + ")"
                                        : name);
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.of(object.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /// For how long, and for whom.
    private static String where(JsonNode suggestion) {
        String destination = suggestion.path("destination").asText("");
        return switch (destination) {
            case "session" -> " for this session";
            case "localSettings" -> " in this project, for you (.claude/settings.local.json)";
            case "projectSettings" -> " in this project, for all (.claude/settings.json)";
            case "userSettings" -> " in all your projects there (~/.claude/settings.json)";
            case "" -> "";
            default -> " (" + destination + ")";
        };
    }
}
