package dev.muster.web;

import dev.muster.api.LogEntry;
import dev.muster.api.SessionRow;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Memory;
import dev.muster.fleet.Refused;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.web.stream.Crowded;
import dev.muster.web.stream.Outlet;
import dev.muster.web.stream.Streams;
import dev.muster.web.view.Rows;
import dev.muster.web.view.Timeline;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// One session as it goes: its timeline line by line, and its row whenever that changes.
@Path("/api/v1/sessions/{ref}/events")
@Tag(name = "sessions")
@RunOnVirtualThread
public class SessionEvents {
    private static final int PAGE = 200;

    private final Fleet fleet;
    private final SessionRefs refs;
    private final Streams streams;

    SessionEvents(Fleet fleet, SessionRefs refs, Streams streams) {
        this.fleet = fleet;
        this.refs = refs;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A session's timeline as it grows",
            description =
                    "Events `entry` (LogEntry), each once, from the one after `after`; and"
                            + " `session` (SessionRow) at first and whenever it changes. Ends when"
                            + " the session is removed.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = LogEntry.class)))
    @APIResponse(responseCode = "429", description = Crowded.DESCRIPTION)
    public void events(
            SseEventSink sink,
            Sse sse,
            @Parameter(description = "A session's name, id, HOST/NAME, or a beginning of one")
                    @PathParam("ref")
                    String ref,
            @Parameter(description = "The `seq` of the last entry that is known already")
                    @QueryParam("after")
                    @DefaultValue("0")
                    String after)
            throws Refused, Crowded, InterruptedException {
        long from = Numbers.within("after", after, 0, Long.MAX_VALUE);
        streams.run(sink, sse, new Following(refs.one(ref).spec(), from));
    }

    private final class Following implements Streams.Teller {
        private final SessionSpec spec;
        private final SessionId id;
        private long after;
        private @Nullable SessionRow row;
        private @Nullable Object seen;

        Following(SessionSpec spec, long after) {
            this.spec = spec;
            this.id = spec.id();
            this.after = after;
        }

        @Override
        public boolean tell(Outlet outlet) throws Outlet.Gone, InterruptedException {
            FleetBoard board = fleet.board().now();
            Optional<Session> session = board.session(id);
            // Each commit of a host's events makes its sessions anew: while they are the same, the
            // database has nothing new either.
            Object sessions =
                    session.flatMap(s -> board.host(s.spec().host()))
                            .<Object>map(FleetBoard.Entry::sessions)
                            .orElse(null);
            if (sessions == null || sessions != seen) {
                entries(outlet);
                seen = sessions;
            }
            if (session.isPresent()) {
                show(refs.row(session.get()), outlet);
            }
            return session.isPresent();
        }

        private void entries(Outlet outlet) throws Outlet.Gone, InterruptedException {
            List<Memory.Remembered> page = fleet.history(id, after, PAGE);
            while (!page.isEmpty()) {
                for (Memory.Remembered remembered : page) {
                    outlet.send("entry", Timeline.entry(spec, remembered));
                    after = remembered.seq();
                }
                page = fleet.history(id, after, PAGE);
            }
        }

        private void show(SessionRow now, Outlet outlet) throws Outlet.Gone, InterruptedException {
            SessionRow before = row;
            if (before == null || !Rows.sameButForItsAge(before, now)) {
                outlet.send("session", now);
                row = now;
            }
        }
    }
}
