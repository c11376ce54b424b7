package dev.muster.web.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.agent.Request;
import dev.muster.agent.StandingYes;
import dev.muster.api.RequestRow;
import dev.muster.session.Session;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Requests as rows.
public final class RequestRows {
    /// Characters of one text of an input that are on the board.
    private static final int TEXT = 2000;

    private RequestRows() {}

    /// For the board: long texts cut.
    static RequestRow brief(Session session, Request request) {
        JsonNode input = request.input();
        JsonNode brief = input == null ? null : cut(input);
        return row(session, request, brief, input == null || !input.equals(brief));
    }

    /// With all of it.
    public static RequestRow whole(Session session, Request request) {
        return row(session, request, request.input(), !request.exact());
    }

    private static RequestRow row(
            Session session, Request request, @Nullable JsonNode input, boolean cut) {
        return new RequestRow(
                request.id(),
                session.id().value(),
                session.spec().name(),
                session.spec().host(),
                request.kind().name().toLowerCase(Locale.ROOT),
                request.tool(),
                request.summary(),
                input,
                cut,
                !request.suggestions().isEmpty(),
                StandingYes.of(request),
                request.by(),
                byHand(session),
                request.askedAt());
    }

    private static @Nullable String byHand(Session session) {
        return session.spec().managed()
                ? null
                : session.spec().repoPath() + ", process " + session.pid();
    }

    private static JsonNode cut(JsonNode node) {
        return switch (node) {
            case TextNode text when text.textValue().length() > TEXT -> cut(text.textValue());
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.propertyStream().forEach(e -> copy.set(e.getKey(), cut(e.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(each -> copy.add(cut(each)));
                yield copy;
            }
            default -> node;
        };
    }

    private static TextNode cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(TEXT - 1)) ? TEXT - 1 : TEXT;
        return TextNode.valueOf(
                text.substring(0, end) + "… (" + (text.length() - end) + " more characters)");
    }
}
