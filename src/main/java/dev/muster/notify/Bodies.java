package dev.muster.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.host.Notices.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is sent.
final class Bodies {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)\\}");

    private Bodies() {}

    /// Muster's own document.
    record Document(
            String id,
            String event,
            Instant at,
            String title,
            String text,
            @Nullable String host,
            Notice.@Nullable Session session,
            Map<String, String> labels) {}

    static String own(Notice notice) {
        return json(
                new Document(
                        notice.id(),
                        notice.event().word(),
                        notice.at(),
                        notice.title(),
                        notice.text(),
                        notice.about().host(),
                        notice.about().session(),
                        notice.about().labels()));
    }

    /// Slack takes `&`, `<` and `>` for its own (docs.slack.dev, "Formatting message text").
    static String slack(Notice notice) {
        String text = notice.text().isEmpty() ? "" : "\n" + slackEscaped(notice.text());
        return json(Map.of("text", "*" + slackEscaped(notice.title()) + "*" + text));
    }

    private static String slackEscaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Ntfy(String topic, String title, String message, int priority, List<String> tags) {}

    /// A message as ntfy takes it at its root (docs.ntfy.sh, "Publish as JSON").
    static String ntfy(Notice notice, String topic) {
        String message = notice.text().isEmpty() ? notice.title() : notice.text();
        return json(
                new Ntfy(
                        topic,
                        notice.title(),
                        message,
                        isUrgent(notice.event()) ? 4 : 3,
                        List.of(notice.event().word())));
    }

    private static boolean isUrgent(Event event) {
        return switch (event) {
            case APPROVAL, QUESTION, FAILED, HOST -> true;
            case IDLE, FINISHED, LIMIT -> false;
        };
    }

    /// A template of the hosts file, each `{name}` filled in so that it can stand in a JSON string.
    static String template(String template, Notice notice) {
        Notice.Session session = notice.about().session();
        return NAME.matcher(template)
                .replaceAll(
                        (MatchResult name) ->
                                Matcher.quoteReplacement(
                                        inString(value(name.group(1), notice, session))));
    }

    private static @Nullable String value(
            String name, Notice notice, Notice.@Nullable Session session) {
        return switch (name) {
            case "id" -> notice.id();
            case "at" -> notice.at().toString();
            case "event" -> notice.event().word();
            case "title" -> notice.title();
            case "text" -> notice.text();
            case "host" -> notice.about().host();
            case "session" -> session == null ? null : session.name();
            case "repo" -> session == null ? null : session.repo();
            case "state" -> session == null ? null : session.state();
            default -> throw new IllegalArgumentException("the hosts file let {" + name + "} pass");
        };
    }

    private static String inString(@Nullable String value) {
        String quoted = json(value == null ? "" : value);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't be written as JSON: " + value.getClass(), e);
        }
    }
}
