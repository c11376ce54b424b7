package dev.muster.web;

import dev.muster.api.Outcome;
import dev.muster.api.PromptRequest;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.SessionPrompts;
import dev.muster.session.Session;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What people say to an agent that runs.
@Path("/api/v1/sessions/{ref}")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PromptsResource {
    private final SessionPrompts prompts;
    private final SessionRefs refs;
    private final Audited audited;
    private final Limits limits;

    PromptsResource(SessionPrompts prompts, SessionRefs refs, Audited audited, Limits limits) {
        this.prompts = prompts;
        this.refs = refs;
        this.audited = audited;
        this.limits = limits;
    }

    @POST
    @Path("prompts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Send text to a session's agent",
            description =
                    "Byte for byte, and submitted; answers when the agent says that it took it,"
                            + " where it says so. Refused (409) before a dialog, and where a"
                            + " person is typing unless `now`. The same prompt id again types"
                            + " nothing twice.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome send(
            @Parameter(description = SessionsResource.REF) @PathParam("ref") String ref,
            @Nullable PromptRequest request)
            throws Refused, InterruptedException {
        if (request == null || request.id() == null || request.text() == null) {
            throw Refused.of(Kind.USAGE, "the fields `id` and `text` are needed", null);
        }
        Session session = refs.one(ref);
        limits.send(session, request.raw() || request.now());
        return done(
                "send",
                session,
                () ->
                        prompts.send(
                                session.id(),
                                request.id(),
                                request.text(),
                                request.raw(),
                                request.now()));
    }

    @POST
    @Path("interrupt")
    @Operation(
            summary = "Interrupt what a session's agent does",
            description =
                    "It goes on to run, and waits for what comes next. Only one that works: else"
                            + " refused (409).")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome interrupt(
            @Parameter(description = SessionsResource.REF) @PathParam("ref") String ref)
            throws Refused, InterruptedException {
        Session session = refs.one(ref);
        return done("interrupt", session, () -> prompts.interrupt(session.id()));
    }

    private Outcome done(String what, Session session, Audited.Action<String> action)
            throws Refused, InterruptedException {
        return new Outcome(audited.run(what, session, action), List.of());
    }
}
