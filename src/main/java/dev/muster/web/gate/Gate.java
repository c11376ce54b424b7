package dev.muster.web.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.Problem;
import dev.muster.web.gate.RequestCheck.Asked;
import dev.muster.web.gate.RequestCheck.Refusal;
import dev.muster.web.view.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Stands before every route, the WebSocket's and Quarkus's own among them: refuses what
/// {@link RequestCheck} says, and gives every answer its security headers.
@ApplicationScoped
public class Gate {
    private static final Logger LOG = Logger.getLogger(Gate.class);

    /// Before all other filters.
    private static final int FIRST = 10_000;

    private final RequestCheck check;
    private final ObjectMapper json;
    private final TokenConnections connections;
    private final RefusalLog refusals = new RefusalLog();

    Gate(RequestCheck check, TokenConnections connections, ObjectMapper json) {
        this.check = check;
        this.connections = connections;
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, FIRST);
    }

    private void pass(RoutingContext context) {
        secure(context.response());
        Asked asked = asked(context);
        if (PageFiles.isOne(asked)) {
            PageFiles.secure(context.response(), asked.path());
        }
        Optional<Refusal> refusal = check.refusal(asked);
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else {
            check.caller(asked.authorization())
                    .ifPresent(
                            caller -> {
                                CurrentCaller.set(context, caller);
                                connections.add(caller, context.request().connection());
                            });
            check.page(asked.authorization())
                    .ifPresent(
                            secret -> connections.addPage(secret, context.request().connection()));
            context.next();
        }
    }

    private static Asked asked(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = request.headers();
        return new Asked(
                request.method().name(),
                context.normalizedPath(),
                request.localAddress().port(),
                headers.contains("Upgrade"),
                request.authority() == null ? null : request.authority().toString(),
                headers.get("Origin"),
                headers.get("Sec-Fetch-Site"),
                headers.get("Authorization"));
    }

    /// The API is for programs: nothing of it may be framed, run, guessed or kept by a browser.
    private static void secure(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    private void refuse(RoutingContext context, Refusal refusal) {
        HttpServerRequest request = context.request();
        refusals.line(
                        refusal,
                        request.method().name(),
                        request.remoteAddress().hostAddress(),
                        System.nanoTime())
                .ifPresent(LOG::warn);
        HttpServerResponse response = context.response().setStatusCode(refusal.status());
        if (refusal == Refusal.NO_TOKEN) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"muster\"");
        }
        // What an uninvited client still wants to send is not waited for.
        response.putHeader("Connection", "close")
                .putHeader("Content-Type", Problems.MEDIA_TYPE)
                .end(text(problem(refusal)));
    }

    private static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case WRONG_HOST ->
                    Problems.of(
                            refusal.status(),
                            Problem.Code.NOT_ALLOWED,
                            "the request's Host header does not name this service",
                            "use its own address and port, as in http://127.0.0.1:7717");
            case FOREIGN_PAGE ->
                    Problems.of(
                            refusal.status(),
                            Problem.Code.NOT_ALLOWED,
                            "a web page of another origin may not ask this service",
                            null);
            case NO_TOKEN ->
                    Problems.of(
                            refusal.status(),
                            Problem.Code.NOT_ALLOWED,
                            "the request holds no valid token",
                            "send `Authorization: Bearer TOKEN` with the token that lies in the"
                                    + " file `token` of the service's configuration folder");
            case OUT_OF_SCOPE ->
                    Problems.of(
                            refusal.status(),
                            Problem.Code.NOT_ALLOWED,
                            "the scope of this token does not allow that",
                            "a person can make one that does: `muster token create --scope act`,"
                                    + " or `approve`; what needs more is done with `muster` itself");
        };
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can't be written as JSON", e);
        }
    }
}
