package dev.muster.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.Board;
import dev.muster.api.BoardChange;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Refused;
import dev.muster.web.stream.Crowded;
import dev.muster.web.stream.Outlet;
import dev.muster.web.stream.Streams;
import dev.muster.web.view.Cut;
import dev.muster.web.view.Picture;
import dev.muster.web.view.Scope;
import dev.muster.web.view.Views;
import dev.muster.web.view.What;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The board: a picture that is already there, however many hosts it is of.
@Path("/api/v1/board")
@Tag(name = "board")
@RunOnVirtualThread
public class BoardResource {
    private final Fleet fleet;
    private final Views views;
    private final Streams streams;
    private final Clock clock;
    private final ObjectMapper json;

    BoardResource(Fleet fleet, Views views, Streams streams, Clock clock, ObjectMapper json) {
        this.fleet = fleet;
        this.views = views;
        this.streams = streams;
        this.clock = clock;
        this.json = json;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Everything at this moment",
            description = "Every host and session in scope, each with the age of its own facts.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Board.class)))
    public Response board(
            @Parameter(
                            description =
                                    "A host, a range (`dev-1..4`), a group (`@backend`) or a"
                                            + " session; repeatable. None: everything.")
                    @QueryParam("what")
                    List<String> what,
            @Parameter(
                            description =
                                    "At most so many sessions, the most urgent first; the totals"
                                            + " stay those of the whole scope.")
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(
                            description =
                                    "Properties of sessions to answer, with commas between; `id`"
                                            + " is always there. None: all.")
                    @QueryParam("fields")
                    @Nullable String fields)
            throws Refused {
        Board board = Cut.sessions(picture(scope(what)).board(clock.instant()), limit(limit));
        Object answer =
                fields == null ? board : Cut.fields(board, Arrays.asList(fields.split(",")), json);
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "The board, and what changes of it",
            description =
                    "First an event `board` with a whole Board, then events `change`, each a"
                            + " BoardChange with the rows that differ. A client that reads slowly"
                            + " gets fewer and larger changes, never a backlog. A newer `asOf` of"
                            + " a session is no change by itself: its host's row tells it.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = BoardChange.class)))
    @APIResponse(responseCode = "429", description = Crowded.DESCRIPTION)
    public void events(
            SseEventSink sink,
            Sse sse,
            @Parameter(description = "As for the board itself.") @QueryParam("what")
                    List<String> what)
            throws Refused, Crowded, InterruptedException {
        streams.run(sink, sse, new Following(scope(what)));
    }

    /// One client's view: what it has seen, so that it is told what differs.
    private final class Following implements Streams.Teller {
        private final Scope scope;
        private @Nullable Picture seen;

        Following(Scope scope) {
            this.scope = scope;
        }

        @Override
        public boolean tell(Outlet outlet) throws Outlet.Gone, InterruptedException {
            Picture before = seen;
            if (before == null) {
                Picture first = picture(scope);
                outlet.send("board", first.board(clock.instant()));
                seen = first;
                return true;
            }
            Picture now = before.next(fleet.board().now(), fleet.hosts());
            Optional<BoardChange> change = now.since(before, clock.instant());
            if (change.isPresent()) {
                outlet.send("change", change.get());
            }
            seen = now;
            return true;
        }
    }

    private Scope scope(List<String> what) throws Refused {
        return What.scope(what, fleet.hosts(), fleet.board().now());
    }

    private Picture picture(Scope scope) {
        return Picture.of(fleet.board().now(), fleet.hosts(), scope, views);
    }

    private static int limit(@Nullable String text) throws Refused {
        if (text == null) {
            return Integer.MAX_VALUE;
        }
        return Numbers.within("limit", text, 0, Integer.MAX_VALUE);
    }
}
