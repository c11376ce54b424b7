package dev.muster.web;

import dev.muster.api.UsageReport;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Refused;
import dev.muster.fleet.UsageBy;
import dev.muster.web.view.UsageView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What agents used.
@Path("/api/v1/usage")
@Tag(name = "usage")
@RunOnVirtualThread
public class UsageResource {
    private final Fleet fleet;
    private final Clock clock;

    UsageResource(Fleet fleet, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What agents used, added up",
            description =
                    "As the agents say themselves; each of their counters counts once, over"
                            + " restarts of agents and of the service.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = UsageReport.class)))
    public UsageReport usage(
            @Parameter(
                            description =
                                    "The first day that counts (`2026-11-20`), or how many days,"
                                            + " today included (`7d`).")
                    @QueryParam("since")
                    @DefaultValue("7d")
                    String since,
            @Parameter(description = "`day`, `host`, `repo`, `account` or `model`.")
                    @QueryParam("by")
                    @DefaultValue("day")
                    String by)
            throws Refused {
        LocalDate first = UsageView.since(since, LocalDate.now(clock));
        UsageBy wanted = UsageView.by(by);
        return UsageView.report(first, wanted, fleet.usage(wanted, first));
    }
}
