package dev.muster.web;

import dev.muster.api.Branches;
import dev.muster.api.StartChoices;
import dev.muster.api.StartChoices.AgentChoice;
import dev.muster.api.StartChoices.HostChoice;
import dev.muster.api.StartChoices.RepoChoice;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.RepoLook;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a start can name, for whoever fills one in.
@Path("/api/v1")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChoicesResource {
    private final Fleet fleet;
    private final RepoLook repos;

    ChoicesResource(Fleet fleet, RepoLook repos) {
        this.fleet = fleet;
        this.repos = repos;
    }

    @GET
    @Path("choices")
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

    @GET
    @Path("hosts/{name}/branches")
    @Operation(
            summary = "The branches of a repo",
            description =
                    "Asks git on the host, now. Nothing is fetched: what a remote has is as of"
                            + " the repo's own last fetch.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Branches.class)))
    public Branches branches(
            @Parameter(description = "A host of hosts.yaml") @PathParam("name") String name,
            @Parameter(description = "A repo of that host, or a path on it") @QueryParam("repo")
                    @Nullable String repo)
            throws Refused, InterruptedException {
        if (repo == null || repo.isEmpty()) {
            throw Refused.of(Kind.USAGE, "the parameter `repo` is missing", null).at("repo");
        }
        RepoLook.Branches looked = repos.branches(name, repo);
        return new Branches(
                name,
                repo,
                looked.repo().base().or(() -> looked.found().head()).orElse(null),
                looked.found().branches().stream()
                        .map(b -> new Branches.Branch(b.name(), b.remote(), b.committed()))
                        .toList(),
                looked.found().truncated());
    }
}
