package dev.muster.web.gate;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// Who sent the request that this thread works on, as the {@link Gate} found.
@ApplicationScoped
public class CurrentCaller {
    private static final String KEY = Caller.class.getName();

    private final CurrentVertxRequest request;

    CurrentCaller(CurrentVertxRequest request) {
        this.request = request;
    }

    static void set(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }

    /// @throws IllegalStateException outside of a request, or in one that needs no token
    public Caller get() {
        RoutingContext context = request.getCurrent();
        Caller caller = context == null ? null : context.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("nobody is known to have sent this request");
        }
        return caller;
    }
}
