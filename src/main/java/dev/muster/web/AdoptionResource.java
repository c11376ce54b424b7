package dev.muster.web;

import dev.muster.api.AdoptRequest;
import dev.muster.api.Outcome;
import dev.muster.fleet.Refused;
import dev.muster.fleet.SessionAdoption;
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

/// Takes over sessions that this service did not start.
@Path("/api/v1/sessions/{ref}/adopt")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AdoptionResource {
    private final SessionAdoption adoption;
    private final SessionRefs refs;
    private final Audited audited;

    AdoptionResource(SessionAdoption adoption, SessionRefs refs, Audited audited) {
        this.adoption = adoption;
        this.refs = refs;
        this.audited = audited;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take a session over",
            description =
                    "One that a person started by hand goes on with its conversation in a terminal of"
                            + " Muster's. While its agent still runs that is refused (409, code"
                            + " WOULD_LOSE) unless `stop` says to end it. One of another service"
                            + " goes on as it is.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome adopt(
            @Parameter(description = SessionsResource.REF) @PathParam("ref") String ref,
            @Nullable AdoptRequest request)
            throws Refused, InterruptedException {
        AdoptRequest ask = request == null ? new AdoptRequest(false, null) : request;
        Session session = refs.one(ref);
        String text =
                audited.run(
                        ask.stop() ? "adopt --stop" : "adopt",
                        session.spec().host(),
                        session.id(),
                        () -> adoption.adopt(session.id(), ask.stop(), ask.name()));
        return new Outcome(text, List.of());
    }
}
