package dev.muster.web.view;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an agent said, as lines of the timeline.
final class AgentLines {
    private AgentLines() {}

    static String of(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Gated e -> "blocked at startup: " + e.detail();
            case AgentEvent.Began e ->
                    e.source().equals(AgentEvent.Began.TURN)
                            ? "a turn begins"
                            : "conversation: " + e.source();
            case AgentEvent.Prompted e -> "prompt: " + e.head();
            case AgentEvent.ToolBegan e -> "uses " + tool(e.tool(), e.what()) + by(e.by());
            case AgentEvent.ToolEnded e -> "used " + e.tool() + by(e.by());
            case AgentEvent.SubagentEnded e -> "subagent " + e.by() + " ended";
            case AgentEvent.Asked e ->
                    (e.request().kind() == Request.Kind.QUESTION ? "asks: " : "wants to use ")
                            + (e.request().kind() == Request.Kind.QUESTION
                                    ? e.request().summary()
                                    : tool(e.request().tool(), e.request().summary()))
                            + by(e.request().by())
                            + " ["
                            + e.request().id()
                            + "]";
            case AgentEvent.Settled e ->
                    settled(e.how())
                            + (e.by() == null ? "" : " by " + e.by())
                            + " ["
                            + e.request()
                            + "]";
            case AgentEvent.Compacting e ->
                    e.now() ? "compacts its conversation" : "compacted its conversation";
            case AgentEvent.TurnEnded e ->
                    e.lastMessage() == null ? "its turn ended" : "said: " + e.lastMessage();
            case AgentEvent.TurnFailed e ->
                    "its turn failed ("
                            + e.error()
                            + ")"
                            + (e.message() == null ? "" : ": " + e.message());
            case AgentEvent.Retrying e ->
                    "tries again ("
                            + e.error()
                            + "): attempt "
                            + e.attempt()
                            + " of "
                            + e.attempts();
            case AgentEvent.Standing e ->
                    e.stance().name().toLowerCase(Locale.ROOT)
                            + (e.waitingFor() == null ? "" : ": " + e.waitingFor());
            case AgentEvent.Used e -> used(e.reading());
            case AgentEvent.CountsFrom e -> "its counters go on: " + used(e.reading()) + " before";
            case AgentEvent.Ended e -> "conversation ended: " + e.reason();
        };
    }

    /// What does not fit on a line: a request's whole input.
    static @Nullable String whole(AgentEvent event) {
        return event instanceof AgentEvent.Asked asked && asked.request().input() != null
                ? asked.request().input().toPrettyString()
                : null;
    }

    private static String tool(String name, @Nullable String what) {
        return what == null || what.isEmpty() ? name : name + ": " + what;
    }

    private static String by(@Nullable String subagent) {
        return subagent == null ? "" : " (subagent " + subagent + ")";
    }

    private static String settled(AgentEvent.Settlement how) {
        return switch (how) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case ANSWERED -> "answered";
            case CANCELLED -> "dismissed on its own screen";
        };
    }

    private static String used(Reading reading) {
        StringBuilder out = new StringBuilder("used");
        if (reading.costUsd() != null) {
            out.append(String.format(Locale.ROOT, " $%.2f", reading.costUsd()));
        }
        if (reading.contextUsedPercent() != null) {
            out.append(
                    String.format(
                            Locale.ROOT, " %.0f %% of its context", reading.contextUsedPercent()));
        }
        return out.toString();
    }
}
