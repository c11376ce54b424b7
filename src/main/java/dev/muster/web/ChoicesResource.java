package dev.muster.web;

import dev.muster.api.StartChoices;
import dev.muster.api.StartChoices.AgentChoice;
import dev.muster.api.StartChoices.HostChoice;
import dev.muster.api.StartChoices.RepoChoice;
import dev.muster.fleet.Fleet;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a start can name, for whoever fills one in.
@Path("/api/v1/choices")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChoicesResource {
    private final Fleet fleet;

    ChoicesResource(Fleet fleet) {
        this.fleet = fleet;
    }

    @GET
    @Operation(
            summary = "Hosts, repos, agents and accounts that a start can name",
            description = "As hosts.yaml says; no host is asked.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = StartChoices.class)))
    public StartChoices choices() {
        Hosts hosts = fleet.hosts();
        return new StartChoices(
                hosts.hosts().values().stream().map(ChoicesResource::choice).toList(),
                List.copyOf(hosts.accounts().keySet()));
    }

    private static HostChoice choice(Host host) {
        return new HostChoice(
                host.name(),
                host.defaultAgent(),
                host.agents().values().stream()
                        .map(a -> new AgentChoice(a.name(), a.type(), a.model().orElse(null)))
                        .toList(),
                host.repos().values().stream()
                        .map(r -> new RepoChoice(r.name(), r.path(), r.base().orElse(null)))
                        .toList());
    }
}
