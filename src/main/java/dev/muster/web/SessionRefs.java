package dev.muster.web;

import dev.muster.api.SessionRow;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.session.Session;
import dev.muster.web.view.RefResolver;
import dev.muster.web.view.Views;
import jakarta.enterprise.context.ApplicationScoped;

/// Finds sessions on the board as it is now, and shows them.
@ApplicationScoped
public class SessionRefs {
    private final Fleet fleet;
    private final Views views;

    SessionRefs(Fleet fleet, Views views) {
        this.fleet = fleet;
        this.views = views;
    }

    /// @param ref as a person wrote it
    public Session one(String ref) throws Refused {
        return RefResolver.one(ref, fleet.board().now());
    }

    public SessionRow row(Session session) {
        FleetBoard.Entry host =
                fleet.board()
                        .now()
                        .host(session.spec().host())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                session.spec().host() + " is not on the board"));
        return views.session(session, host.status());
    }
}
