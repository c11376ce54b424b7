package dev.muster.session;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.agent.Agents;
import dev.muster.session.JournalRecord.Content;
import dev.muster.shell.HexText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one line of a journal. Hosts are not trusted: what is not exactly a record is a gap.
final class JournalParser {
    /// A record that says a thing twice is none: readers would differ in which they believe.
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private JournalParser() {}

    static Content parse(byte[] line, Instant now) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.isObject()) {
                return new Content.Gap(line.length);
            }
            if (node.path("next").isTextual()) {
                String next = node.path("next").textValue();
                return Generations.isName(next)
                        ? new Content.Next(next)
                        : new Content.Gap(line.length);
            }
            String id = node.path("s").asText("");
            if (!SessionId.isValid(id)) {
                return new Content.Gap(line.length);
            }
            SessionId session = new SessionId(id);
            Instant at = time(node, now);
            if (node.path("k").asText("").equals("agent")) {
                return new Content.Of(session, said(node, at));
            }
            return event(node, at)
                    .<Content>map(event -> new Content.Of(session, List.of(event)))
                    .orElseGet(() -> new Content.Gap(line.length));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Content.Gap(line.length);
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    /// What an agent says is read by its own class; what that does not know says nothing.
    private static List<SessionEvent> said(JsonNode node, Instant at) {
        int run = node.path("run").asInt(0);
        return Agents.of(node.path("a").asText("")).read(node, at).stream()
                .<SessionEvent>map(what -> new SessionEvent.Said(at, run, what))
                .toList();
    }

    private static Optional<SessionEvent> event(JsonNode node, Instant at) {
        int run = node.path("run").asInt(0);
        return switch (node.path("k").asText("")) {
            case "step" -> Optional.of(step(node, at, run));
            case "start" ->
                    Optional.of(new SessionEvent.Started(at, run, node.path("pid").asLong()));
            case "exit" -> Optional.of(new SessionEvent.Exited(at, run, node.path("rc").asInt(1)));
            case "stop" ->
                    Optional.of(
                            new SessionEvent.StopAsked(
                                    at, run, Optional.ofNullable(text(node)).orElse("someone")));
            case "report" ->
                    Optional.of(
                            new SessionEvent.Reported(
                                    at, node.path("state").asText("working"), text(node)));
            default -> Optional.empty();
        };
    }

    private static SessionEvent.Step step(JsonNode node, Instant at, int run) {
        SessionEvent.Step.Phase phase =
                switch (node.path("phase").asText("")) {
                    case "begin" -> SessionEvent.Step.Phase.BEGIN;
                    case "ok" -> SessionEvent.Step.Phase.OK;
                    default -> SessionEvent.Step.Phase.FAILED;
                };
        return new SessionEvent.Step(at, run, node.path("step").asText("step"), phase, text(node));
    }

    /// The host's clock has whole seconds and may be wrong: a time that lies within the last
    /// moments is taken as now, so that the order of events of one second is kept.
    private static Instant time(JsonNode node, Instant now) {
        long seconds = node.path("t").asLong(-1);
        if (seconds <= 0 || Math.abs(now.getEpochSecond() - seconds) <= 2) {
            return now;
        }
        return Instant.ofEpochSecond(seconds);
    }

    /// Free text travels as hexadecimal digits.
    private static @Nullable String text(JsonNode node) {
        String hex = node.path("x").asText("");
        return hex.isEmpty() ? null : HexText.of(hex);
    }
}
