package dev.muster.web;

import dev.muster.api.LogEntry;
import dev.muster.api.Outcome;
import dev.muster.api.Screen;
import dev.muster.api.SessionRow;
import dev.muster.api.StartRequest;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Memory;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.SessionEnds;
import dev.muster.fleet.SessionStarts;
import dev.muster.fleet.SessionTerminals;
import dev.muster.fleet.StartAsk;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.web.view.Timeline;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Starts sessions, and what people do to one. A long action runs to its end, also when the client
/// that asked for it has gone.
@Path("/api/v1/sessions")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionsResource {
    private static final int PAGE = 500;
    static final String REF =
            "A session's name, its id, HOST/NAME, or the unambiguous beginning of one";

    private final Fleet fleet;
    private final SessionStarts starts;
    private final SessionEnds ends;
    private final SessionTerminals terminals;
    private final SessionRefs refs;
    private final Audited audited;
    private final Limits limits;
    private final Clock clock;

    SessionsResource(
            Fleet fleet,
            SessionStarts starts,
            SessionEnds ends,
            SessionTerminals terminals,
            SessionRefs refs,
            Audited audited,
            Limits limits,
            Clock clock) {
        this.fleet = fleet;
        this.starts = starts;
        this.ends = ends;
        this.terminals = terminals;
        this.refs = refs;
        this.audited = audited;
        this.limits = limits;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a session",
            description =
                    "Answers once it is written down and handed to its host. The same id again"
                            + " answers with the same session, and starts nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken up; follow it at /sessions/{ref}/events",
            content = @Content(schema = @Schema(implementation = SessionRow.class)))
    @APIResponse(
            responseCode = "200",
            description = "This id was started before: its session",
            content = @Content(schema = @Schema(implementation = SessionRow.class)))
    public Response start(@Nullable StartRequest request) throws Refused, InterruptedException {
        StartAsk ask = ask(request);
        limits.start(ask);
        boolean again = fleet.board().now().session(ask.id()).isPresent();
        Session session =
                again
                        ? starts.start(ask)
                        : audited.run("start", ask.host(), ask.id(), () -> starts.start(ask));
        return Response.status(again ? 200 : 202).entity(refs.row(session)).build();
    }

    private static StartAsk ask(@Nullable StartRequest request) throws Refused {
        if (request == null) {
            throw Refused.of(Kind.USAGE, "the request's body is empty", "send a JSON object");
        }
        if (request.id() == null || !SessionId.isValid(request.id())) {
            throw Refused.of(
                    Kind.USAGE,
                    "`id` is no ULID: " + request.id(),
                    "make one for each new session: 26 characters of Crockford's base 32");
        }
        return new StartAsk(
                new SessionId(request.id()),
                needed("host", request.host()),
                needed("repo", request.repo()),
                request.name(),
                request.branch(),
                request.base(),
                request.agent(),
                request.model(),
                request.account(),
                Objects.requireNonNullElse(request.env(), Map.of()),
                Objects.requireNonNullElse(request.labels(), Map.of()),
                Objects.requireNonNullElse(request.args(), List.of()),
                request.worktree(),
                Objects.requireNonNullElse(request.prompt(), ""));
    }

    private static String needed(String field, @Nullable String value) throws Refused {
        if (value == null || value.isEmpty()) {
            throw Refused.of(Kind.USAGE, "the field `" + field + "` is missing", null);
        }
        return value;
    }

    @GET
    @Path("{ref}")
    @Operation(summary = "One session's row of the board")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = SessionRow.class)))
    public SessionRow session(@Parameter(description = REF) @PathParam("ref") String ref)
            throws Refused {
        return refs.row(refs.one(ref));
    }

    @GET
    @Path("{ref}/log")
    @Operation(summary = "What happened to a session, oldest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = LogEntry[].class)))
    public List<LogEntry> log(@Parameter(description = REF) @PathParam("ref") String ref)
            throws Refused {
        Session session = refs.one(ref);
        SessionId id = session.id();
        List<LogEntry> entries = new ArrayList<>();
        List<Memory.Remembered> page = fleet.history(id, 0, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .map(remembered -> Timeline.entry(session.spec(), remembered))
                    .forEach(entries::add);
            page = fleet.history(id, page.getLast().seq(), PAGE);
        }
        return entries;
    }

    @GET
    @Path("{ref}/screen")
    @Operation(
            summary = "The session's terminal now",
            description = "Its text, escape sequences stripped.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Screen.class)))
    public Screen screen(
            @Parameter(description = REF) @PathParam("ref") String ref,
            @Parameter(description = "How many lines before the visible ones, at most 50,000")
                    @QueryParam("lines")
                    @DefaultValue("0")
                    String lines)
            throws Refused, InterruptedException {
        int count = Numbers.within("lines", lines, 0, 50_000);
        return new Screen(clock.instant(), terminals.screen(refs.one(ref).id(), count));
    }

    @POST
    @Path("{ref}/stop")
    @Operation(
            summary = "End a session's agent",
            description = "Its worktree and its files stay. Answers when it has ended.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome stop(@Parameter(description = REF) @PathParam("ref") String ref)
            throws Refused, InterruptedException {
        Session session = refs.one(ref);
        String text = audited.run("stop", session, () -> ends.stop(session.id(), audited.who()));
        return new Outcome(text, List.of());
    }

    @POST
    @Path("{ref}/resume")
    @Operation(summary = "Bring an ended session back, in its worktree")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome resume(@Parameter(description = REF) @PathParam("ref") String ref)
            throws Refused, InterruptedException {
        Session session = refs.one(ref);
        Session now = audited.run("resume", session, () -> starts.resume(session.id()));
        return new Outcome(
                session.spec().name() + " is " + now.state().word() + ", run " + now.run(),
                List.of());
    }
}
