package dev.muster.web;

import dev.muster.web.view.Problems;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// What holds for every operation, said once: the token, and how a request is refused.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
    private static final String TOKEN = "token";

    /// By status, as {@link Problems} gives them.
    private static final Map<String, String> REFUSALS =
            Map.of(
                    "400", "USAGE: the request makes no sense as it stands",
                    "401", "NOT_ALLOWED: no valid token",
                    "403", "NOT_ALLOWED: a foreign page, an untrusted key, a missing secret",
                    "404", "NOT_FOUND: no such host, repo or session, or it means several",
                    "409", "CONFLICT: it clashes with what is there; WOULD_LOSE: work is at risk",
                    "421", "NOT_ALLOWED: the Host header names another server",
                    "500", "FAILED: Muster itself failed",
                    "502", "FAILED: it was tried on the host, and failed there",
                    "503", "UNREACHABLE: the host can't be reached now",
                    "504", "UNKNOWN: the host was asked and has not answered");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("What the service's file `token` holds"));
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
            return;
        }
        api.getPaths()
                .getPathItems()
                .forEach(
                        (path, item) -> {
                            if (path.startsWith("/api/")) {
                                item.getOperations().values().forEach(ApiDocument::refusals);
                            }
                        });
    }

    private static void refusals(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        REFUSALS.forEach(
                (status, why) -> {
                    if (operation.getResponses().getAPIResponse(status) == null) {
                        operation.getResponses().addAPIResponse(status, problem(why));
                    }
                });
    }

    private static APIResponse problem(String why) {
        Schema schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        return OASFactory.createAPIResponse()
                .description(why)
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        Problems.MEDIA_TYPE,
                                        OASFactory.createMediaType().schema(schema)));
    }
}
