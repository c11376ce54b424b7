package dev.muster.web;

import dev.muster.api.Problem;
import dev.muster.web.view.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Where the terminal's WebSocket is, for those who ask without one: {@link
/// dev.muster.web.terminal.TerminalRoute} takes the others before they come here.
@Path("/api/v1/sessions/{ref}/terminal")
@Tag(name = "sessions")
public class TerminalResource {
    @GET
    @Operation(
            summary = "A session's terminal, over a WebSocket",
            description =
                    "Binary frames are the terminal's bytes, both ways. Text frames are JSON: the"
                            + " client says {\"resize\":{\"columns\":C,\"rows\":R}}, and with a"
                            + " `window` {\"taken\":N}: how many bytes it has shown so far; the"
                            + " service, at the end, {\"exit\":N} or {\"problem\":{…}}.")
    @APIResponse(responseCode = "101", description = "The terminal follows")
    @APIResponse(
            responseCode = "426",
            description = "Ask with a WebSocket handshake",
            content =
                    @Content(
                            mediaType = Problems.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public Response terminal(
            @Parameter(description = "A session's name, id, HOST/NAME, or a beginning of one")
                    @PathParam("ref")
                    String ref,
            @Parameter(description = "`agent` (the default), or `shell` for one in its worktree")
                    @QueryParam("kind")
                    @Nullable String kind,
            @Parameter(description = "`true`: what the client types is dropped")
                    @QueryParam("readOnly")
                    @Nullable String readOnly,
            @Parameter(description = "The client's width, 1 to 9999") @QueryParam("columns")
                    @Nullable String columns,
            @Parameter(description = "The client's height, 1 to 9999") @QueryParam("rows")
                    @Nullable String rows,
            @Parameter(description = "The client's TERM") @QueryParam("term") @Nullable String term,
            @Parameter(
                            description =
                                    "`true`: the screen keeps the size that others who look at it"
                                            + " have, while they do")
                    @QueryParam("join")
                    @Nullable String join,
            @Parameter(description = "Lines that have scrolled away, shown first")
                    @QueryParam("history")
                    @Nullable String history,
            @Parameter(description = "Bytes sent at most before the client says `taken`; 0: any")
                    @QueryParam("window")
                    @Nullable String window) {
        Problem problem =
                Problems.of(
                        426,
                        Problem.Code.USAGE,
                        "a terminal is carried by a WebSocket",
                        "ask with `Upgrade: websocket`; `muster attach` does");
        return Response.status(426)
                .header("Upgrade", "websocket")
                .type(Problems.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
