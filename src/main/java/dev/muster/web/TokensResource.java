package dev.muster.web;

import dev.muster.api.NewToken;
import dev.muster.api.Outcome;
import dev.muster.api.TokenRequest;
import dev.muster.api.TokenRow;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.TokenBook;
import dev.muster.web.gate.TokenConnections;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Tokens for programs and agents, made by whoever holds the service's own.
@Path("/api/v1/tokens")
@Tag(name = "tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TokensResource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final TokenBook tokens;
    private final TokenConnections connections;
    private final Audited audited;

    TokensResource(TokenBook tokens, TokenConnections connections, Audited audited) {
        this.tokens = tokens;
        this.connections = connections;
        this.audited = audited;
    }

    @GET
    @Operation(summary = "Every token that is good, without the token itself")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = TokenRow[].class)))
    public List<TokenRow> all() {
        return tokens.all().stream()
                .map(token -> new TokenRow(token.name(), token.scope().word(), token.createdAt()))
                .toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a token",
            description = "The answer holds it, this once: only its digest is kept.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = NewToken.class)))
    public NewToken create(@Nullable TokenRequest request) throws Refused, InterruptedException {
        TokenScope scope = scope(request == null ? null : request.scope());
        String name = name(request == null ? null : request.name(), scope);
        return audited.run(
                "token-create",
                null,
                null,
                () -> new NewToken(name, scope.word(), made(name, scope)));
    }

    private String made(String name, TokenScope scope) throws Refused {
        return tokens.create(name, scope)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Kind.CONFLICT,
                                        "there is a token `" + name + "` already",
                                        "choose another name, or `muster token revoke "
                                                + name
                                                + "` first"));
    }

    private static TokenScope scope(@Nullable String word) throws Refused {
        return TokenScope.given(word == null ? "" : word)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Kind.USAGE,
                                        "a token has no scope `" + word + "`",
                                        "scopes: " + TokenScope.words()));
    }

    private String name(@Nullable String wanted, TokenScope scope) throws Refused {
        if (wanted == null) {
            return free(scope);
        }
        if (!NAME.matcher(wanted).matches()) {
            throw Refused.of(
                    Kind.USAGE,
                    "a token can't be called `" + wanted + "`",
                    "take letters, digits, `.`, `_` and `-`, 64 at most");
        }
        return wanted;
    }

    /// `read-1`, or the next that is free.
    private String free(TokenScope scope) {
        Set<String> taken =
                tokens.all().stream().map(AccessToken::name).collect(Collectors.toSet());
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> scope.word() + "-" + i)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    @DELETE
    @Path("{name}")
    @Operation(
            summary = "Revoke a token",
            description = "It opens nothing from now on, and what it has open is closed.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome revoke(@Parameter(description = "A token's name") @PathParam("name") String name)
            throws Refused, InterruptedException {
        return audited.run(
                "token-revoke",
                null,
                null,
                () -> {
                    if (!tokens.revoke(name)) {
                        throw Refused.of(
                                Kind.NOT_FOUND,
                                "no token `" + name + "`",
                                "`muster token list` shows them");
                    }
                    connections.close(name);
                    return new Outcome("the token " + name + " is revoked", List.of());
                });
    }
}
