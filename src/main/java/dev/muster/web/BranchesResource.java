package dev.muster.web;

import dev.muster.api.Branches;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.RepoLook;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What new work can start from in a repo of a host.
@Path("/api/v1/hosts/{name}/branches")
@Tag(name = "hosts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BranchesResource {
    private final RepoLook repos;

    BranchesResource(RepoLook repos) {
        this.repos = repos;
    }

    @GET
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
