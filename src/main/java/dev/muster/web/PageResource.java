package dev.muster.web;

import dev.muster.api.Outcome;
import dev.muster.api.PageCode;
import dev.muster.api.SignInRequest;
import dev.muster.api.SignedIn;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.web.gate.PageBook;
import dev.muster.web.gate.RequestCheck;
import dev.muster.web.gate.TokenConnections;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Signing in to the page, and out of it.
@Path("/api/v1")
@Tag(name = "page")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PageResource {
    private final PageBook pages;
    private final TokenConnections connections;
    private final CurrentVertxRequest request;
    private final Audited audited;
    private final Clock clock;

    PageResource(
            PageBook pages,
            TokenConnections connections,
            CurrentVertxRequest request,
            Audited audited,
            Clock clock) {
        this.pages = pages;
        this.connections = connections;
        this.request = request;
        this.audited = audited;
        this.clock = clock;
    }

    @POST
    @Path("page/codes")
    @Operation(
            summary = "A code that opens the page, once",
            description = "For whoever holds the service's own token. It is good for two minutes.")
    public PageCode code() throws Refused, InterruptedException {
        return audited.run(
                "page-code",
                null,
                null,
                () -> new PageCode(pages.code(), clock.instant().plus(PageBook.CODE)));
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Trade a code for a tab's secret",
            description = "Needs no token; from a browser, only the service's own page may ask.")
    public SignedIn signIn(@Nullable SignInRequest request) throws Refused {
        String code = request == null || request.code() == null ? "" : request.code();
        return pages.trade(code)
                .map(SignedIn::new)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Kind.NOT_ALLOWED,
                                        "this code was used, is too old, or never was one",
                                        "`muster dashboard` opens the page with a new one"));
    }

    @DELETE
    @Path("sign-in")
    @Operation(summary = "Sign this tab out")
    public Outcome signOut(@HeaderParam("Authorization") @Nullable String authorization) {
        RequestCheck.bearer(authorization)
                .ifPresent(
                        secret -> {
                            pages.signOut(secret);
                            afterTheAnswer(() -> connections.closePage(secret));
                        });
        return new Outcome("signed out", List.of());
    }

    @DELETE
    @Path("sign-ins")
    @Operation(summary = "Sign every browser out")
    public Outcome signOutEverywhere() throws Refused, InterruptedException {
        return audited.run(
                "page-sign-out",
                null,
                null,
                () -> {
                    pages.signOutEverywhere();
                    afterTheAnswer(connections::closePages);
                    return new Outcome("every browser is signed out", List.of());
                });
    }

    /// Streams and terminals end with the sign-in that opened them; the connection that asks for it
    /// may be one of those, and is still to carry the answer.
    private void afterTheAnswer(Runnable closing) {
        request.getCurrent().addEndHandler(_ -> closing.run());
    }
}
