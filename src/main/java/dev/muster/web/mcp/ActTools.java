package dev.muster.web.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.Outcome;
import dev.muster.api.PromptRequest;
import dev.muster.api.SafeText;
import dev.muster.api.StartRequest;
import dev.muster.api.Ulid;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.web.PromptsResource;
import dev.muster.web.SessionsResource;
import dev.muster.web.WorkResource;
import dev.muster.web.mcp.ToolSpec.Effect;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/// Tools that change something, each by the same request that a command would send.
@Singleton
public class ActTools {
    private static final List<Param> ONE = List.of(WorkTools.SESSION);

    private final SessionsResource sessions;
    private final PromptsResource prompts;
    private final WorkResource work;
    private final Fleet fleet;
    private final Moments moments;
    private final Documents documents;
    private final ObjectMapper json;

    ActTools(
            SessionsResource sessions,
            PromptsResource prompts,
            WorkResource work,
            Fleet fleet,
            Moments moments,
            Documents documents,
            ObjectMapper json) {
        this.sessions = sessions;
        this.prompts = prompts;
        this.work = work;
        this.fleet = fleet;
        this.moments = moments;
        this.documents = documents;
        this.json = json;
    }

    List<ToolSpec> all() {
        return List.of(
                ToolSpec.act(
                        "start",
                        "Start a session",
                        "Starts an agent on a host, in a git worktree and on a branch of its own,"
                                + " and gives it a task. Answers as soon as the host has taken it"
                                + " up; `wait` then tells when it comes to rest, `log` why a step"
                                + " failed. Give a `name`, so that a repeated call is refused"
                                + " instead of starting a second one.",
                        Effect.ADDS,
                        List.of(
                                Param.text("host", "A host, as `hosts` lists it"),
                                Param.text("repo", "A repo of that host"),
                                Param.text(
                                        "prompt", "The task, as you would tell it to a colleague"),
                                Param.maybe(
                                        "name",
                                        "The session's name, unique on its host; without: one is"
                                                + " made"),
                                Param.maybe("branch", "Its new branch; without: muster/NAME"),
                                Param.maybe(
                                        "base", "What it starts from; without: the repo's base"),
                                Param.maybe("agent", "Which agent; without: the host's default"),
                                Param.maybe("model", "Which model; without: the agent's default"),
                                Param.maybe(
                                        "account", "Whose quota it uses; without: the agent's")),
                        this::start),
                ToolSpec.act(
                        "send",
                        "Send text to a session",
                        "Types a text into a session's agent and submits it: a further task, or the"
                                + " answer to what it asks in words. Refused while it waits for an"
                                + " approval, which only a person gives. The answer's `moment` is"
                                + " for `wait`.",
                        Effect.ADDS,
                        List.of(
                                WorkTools.SESSION,
                                Param.text("text", "Delivered as it is; several lines are fine")),
                        this::send),
                ToolSpec.act(
                        "interrupt",
                        "Interrupt a session",
                        "Makes a session's agent leave what it does, as Esc would. It goes on to"
                                + " run, and waits for what you `send`.",
                        Effect.ADDS,
                        ONE,
                        given -> done(prompts.interrupt(given.text("session")))),
                ToolSpec.act(
                        "stop",
                        "Stop a session",
                        "Ends a session's agent. Its worktree, branch and files stay, and `resume`"
                                + " brings it back.",
                        Effect.ENDS,
                        ONE,
                        given -> done(sessions.stop(given.text("session")))),
                ToolSpec.act(
                        "resume",
                        "Resume a session",
                        "Starts the agent of an ended session again, in its worktree and, where the"
                                + " agent can, with its conversation.",
                        Effect.ADDS,
                        ONE,
                        given -> done(sessions.resume(given.text("session")))),
                ToolSpec.act(
                        "remove",
                        "Remove a session",
                        "Removes an ended session with its worktree and branch. Refused, each reason"
                                + " named, while that would lose anything: changes that are not"
                                + " committed, commits that are nowhere else.",
                        Effect.ENDS,
                        ONE,
                        given -> done(work.remove(given.text("session"), false))));
    }

    private Answer start(Arguments given) throws Refused, InterruptedException {
        ObjectNode request = json.createObjectNode();
        request.put("id", Ulid.next()).put("worktree", true);
        for (String field :
                List.of(
                        "host", "repo", "prompt", "name", "branch", "base", "agent", "model",
                        "account")) {
            given.maybe(field).ifPresent(value -> request.put(field, value));
        }
        FleetBoard before = fleet.board().now();
        Object row = sessions.start(json.convertValue(request, StartRequest.class)).getEntity();
        return Answer.of("Taken up.", documents.line(row, Set.of())).and(moment(before));
    }

    private Answer send(Arguments given) throws Refused, InterruptedException {
        FleetBoard before = fleet.board().now();
        Outcome outcome =
                prompts.send(
                        given.text("session"),
                        new PromptRequest(Ulid.next(), given.text("text"), false, false));
        return done(outcome).and(moment(before));
    }

    private static Answer done(Outcome outcome) {
        String notes = String.join("\n", outcome.notes());
        return notes.isEmpty()
                ? Answer.of(SafeText.line(outcome.text()))
                : Answer.of(SafeText.line(outcome.text()), notes);
    }

    /// Of the time before the action, so that `wait` misses nothing that comes of it.
    private String moment(FleetBoard before) {
        return "moment=" + moments.of(before);
    }
}
