package dev.muster.web;

import dev.muster.api.Diff;
import dev.muster.api.Outcome;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.Removing;
import dev.muster.fleet.SessionEnds;
import dev.muster.fleet.SessionWork;
import dev.muster.git.WorktreeDiff;
import dev.muster.session.Session;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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

/// A session's work: what it changed, and its removal, which never loses any of it.
@Path("/api/v1/sessions/{ref}")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkResource {
    /// Bytes of patch that are sent at most.
    private static final int PATCH = 8 << 20;

    private final SessionWork work;
    private final SessionEnds ends;
    private final SessionRefs refs;
    private final Audited audited;

    WorkResource(SessionWork work, SessionEnds ends, SessionRefs refs, Audited audited) {
        this.work = work;
        this.ends = ends;
        this.refs = refs;
        this.audited = audited;
    }

    @GET
    @Path("diff")
    @Operation(
            summary = "All that a session changed against its base",
            description =
                    "Committed, uncommitted and untracked, or one of both; 8 MiB of patch at most."
                            + " The list of files is whole in any case.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Diff.class)))
    public Diff diff(
            @Parameter(description = SessionsResource.REF) @PathParam("ref") String ref,
            @Parameter(description = "`true`: the files only, without the patch")
                    @QueryParam("stat")
                    @DefaultValue("false")
                    boolean stat,
            @Parameter(
                            description =
                                    "`all`; `committed` since the base; `uncommitted` since the"
                                            + " last commit, untracked files too")
                    @QueryParam("part")
                    @DefaultValue("all")
                    String part,
            @Parameter(
                            description =
                                    "Whose patch is wanted, as `path` and `oldPath` of the files"
                                            + " say; none: all")
                    @QueryParam("path")
                    List<String> paths,
            @Parameter(description = "Bytes of patch at most")
                    @QueryParam("limit")
                    @DefaultValue("" + PATCH)
                    String limit)
            throws Refused, InterruptedException {
        int most = Numbers.within("limit", limit, 1, PATCH);
        WorktreeDiff diff =
                work.diff(
                        refs.one(ref).id(),
                        new WorktreeDiff.Ask(part(part), stat ? 0 : most, paths));
        return new Diff(
                diff.base(),
                diff.files().stream()
                        .map(
                                file ->
                                        new Diff.FileChange(
                                                file.path(),
                                                file.oldPath(),
                                                String.valueOf(file.status()),
                                                file.added(),
                                                file.removed(),
                                                file.committed()))
                        .toList(),
                diff.patch(),
                diff.truncated());
    }

    /// All of it, as the MCP tools ask for it.
    public Diff all(String ref, boolean stat) throws Refused, InterruptedException {
        return diff(ref, stat, "all", List.of(), Integer.toString(PATCH));
    }

    private static WorktreeDiff.Part part(String word) throws Refused {
        return switch (word) {
            case "all" -> WorktreeDiff.Part.ALL;
            case "committed" -> WorktreeDiff.Part.COMMITTED;
            case "uncommitted" -> WorktreeDiff.Part.UNCOMMITTED;
            default ->
                    throw Refused.of(
                            Kind.USAGE,
                            "there is no part `" + word + "` of a diff",
                            "it is `all`, `committed` or `uncommitted`");
        };
    }

    @DELETE
    @Operation(
            summary = "Remove a session with its worktree",
            description =
                    "Refused while something would be lost by it (409, code WOULD_LOSE, each"
                            + " finding named). With `force`, all of it is saved in the repo first.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome remove(
            @Parameter(description = SessionsResource.REF) @PathParam("ref") String ref,
            @Parameter(description = "`true`: save what would be lost, then remove")
                    @QueryParam("force")
                    @DefaultValue("false")
                    boolean force)
            throws Refused, InterruptedException {
        Session session = refs.one(ref);
        Removing.Removed removed =
                audited.run(
                        force ? "rm --force" : "rm",
                        session,
                        () -> ends.remove(session.id(), force, audited.who()));
        return new Outcome(removed.text(), removed.notes());
    }
}
