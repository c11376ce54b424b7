package dev.muster.web;

import dev.muster.api.AnswerRequest;
import dev.muster.api.Outcome;
import dev.muster.api.RequestRow;
import dev.muster.fleet.Inbox;
import dev.muster.fleet.Inbox.Meant;
import dev.muster.fleet.Inbox.Waiting;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.session.SessionId;
import dev.muster.web.view.RequestRows;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/// What waits for a person, and its answers.
@Path("/api/v1/requests")
@Tag(name = "requests")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RequestsResource {
    private static final String ID = "A request's id, or its unambiguous beginning";

    private final Inbox inbox;
    private final Audited audited;
    private final Limits limits;

    RequestsResource(Inbox inbox, Audited audited, Limits limits) {
        this.inbox = inbox;
        this.audited = audited;
        this.limits = limits;
    }

    @GET
    @Operation(
            summary = "What waits for a person",
            description = "On all hosts, the oldest first, each with its input as it was asked.")
    public List<RequestRow> list() {
        return inbox.waiting().stream()
                .map(w -> RequestRows.whole(w.session(), w.request()))
                .toList();
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "One request, whole",
            description =
                    "An input that is too long for the board is fetched from its host and checked:"
                            + " `cut` is false only when it is exactly what was asked.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RequestRow.class)))
    public RequestRow one(@Parameter(description = ID) @PathParam("id") String id)
            throws Refused, InterruptedException {
        Waiting whole = inbox.whole(inbox.one(id));
        return RequestRows.whole(whole.session(), whole.request());
    }

    @POST
    @Path("{id}/answer")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Answer a request",
            description =
                    "The first answer counts; a later one is refused (409) with who answered and"
                            + " when. While the host is away it is kept, and given if the request"
                            + " still waits then. A token with a scope may answer (403 else) where"
                            + " hosts.yaml says `tokens: { approve: true }`.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome answer(
            @Parameter(description = ID) @PathParam("id") String id,
            @Nullable AnswerRequest request)
            throws Refused, InterruptedException {
        if (request == null || request.id() == null || !SessionId.isValid(request.id())) {
            throw Refused.of(
                    Kind.USAGE,
                    "the field `id` is needed: a ULID that this answer is known by",
                    "make one for each answer");
        }
        Meant meant = meant(request);
        Waiting known = inbox.known(id);
        Inbox.Taken taken =
                audited.run(
                        meant instanceof Meant.Deny ? "deny" : "approve",
                        known == null ? null : known.session().spec().host(),
                        known == null ? null : known.session().id(),
                        () -> {
                            limits.answer(meant instanceof Meant.Allow(boolean always) && always);
                            return inbox.answer(id, request.id(), meant, audited.who());
                        });
        return new Outcome(taken.sentence(), List.of());
    }

    private static Meant meant(AnswerRequest request) throws Refused {
        return switch (String.valueOf(request.decision())) {
            case "allow" -> new Meant.Allow(request.always());
            case "deny" -> new Meant.Deny(request.reason(), request.interrupt());
            case "choose" ->
                    new Meant.Choose(
                            request.choices() == null ? List.of() : request.choices(),
                            request.other());
            default ->
                    throw Refused.of(
                            Kind.USAGE,
                            "there is no decision `" + request.decision() + "`",
                            "it is `allow`, `deny` or `choose`");
        };
    }
}
