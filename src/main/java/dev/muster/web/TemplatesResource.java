package dev.muster.web;

import dev.muster.api.Outcome;
import dev.muster.api.Template;
import dev.muster.api.Templates;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Folders;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Templates of starts. The files are theirs who edit them: each answer reads them anew.
@Path("/api/v1/templates")
@Tag(name = "templates")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TemplatesResource {
    private static final String NAME = "Letters, digits, `.`, `_` and `-`";

    private final TemplateFiles files;
    private final Audited audited;

    TemplatesResource(Folders folders, Audited audited) {
        this.files = new TemplateFiles(folders.config().resolve("templates"));
        this.audited = audited;
    }

    @GET
    @Operation(summary = "The templates that there are")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Templates.class)))
    public Templates templates() throws Refused {
        try {
            return files.all();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Keep a template",
            description = "Writes its file, in place of the one that has this name.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome save(
            @Parameter(description = NAME) @PathParam("name") String name,
            @Nullable Template template)
            throws Refused, InterruptedException {
        if (template == null || !name.equals(template.name()) || !TemplateFiles.isName(name)) {
            throw Refused.of(
                            Kind.USAGE,
                            "`" + name + "` can't be a template's name, or its body has another",
                            "use letters, digits, `.`, `_` and `-`, at most 63, beginning with a"
                                    + " letter or digit")
                    .at("name");
        }
        return audited.run(
                "template",
                null,
                null,
                () -> {
                    try {
                        files.save(template);
                    } catch (IOException e) {
                        throw failed("written", e);
                    }
                    return new Outcome("the template " + name + " is kept", List.of());
                });
    }

    @DELETE
    @Path("{name}")
    @Operation(summary = "Remove a template")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome remove(@Parameter(description = NAME) @PathParam("name") String name)
            throws Refused, InterruptedException {
        return audited.run(
                "template-rm",
                null,
                null,
                () -> {
                    try {
                        if (!TemplateFiles.isName(name) || !files.remove(name)) {
                            throw Refused.of(Kind.NOT_FOUND, "no template `" + name + "`", null);
                        }
                    } catch (IOException e) {
                        throw failed("removed", e);
                    }
                    return new Outcome("the template " + name + " is removed", List.of());
                });
    }

    private static Refused failed(String what, IOException e) {
        return Refused.of(
                Kind.FAILED,
                "the templates could not be " + what + ": " + e.getMessage(),
                "see that `templates` in Muster's configuration folder can be written");
    }
}
