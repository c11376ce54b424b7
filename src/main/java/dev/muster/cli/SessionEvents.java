package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.api.SessionRow;
import dev.muster.cli.client.EventStream;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.NoServiceException;
import dev.muster.cli.client.ServerEvent;
import dev.muster.cli.client.ServiceClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Follows one session's events across lost connections: each entry is told once.
final class SessionEvents {
    /// How long a service may be away, restarting, before following it is given up.
    private static final Duration AWAY = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(300);
    private final ServiceClient service;
    private final String ref;
    private long after;

    /// @param after the last entry that is known already, or 0
    SessionEvents(ServiceClient service, String ref, long after) {
        this.service = service;
        this.ref = ref;
        this.after = after;
    }

    /// What is told; false means: enough.
    interface Listener {
        boolean entry(LogEntry entry);

        boolean session(SessionRow session);
    }

    /// @throws NoServiceException when the service was away for too long
    void follow(Listener listener) throws Exception {
        Instant heard = Instant.now();
        while (true) {
            try (EventStream events =
                    service.events(Paths.session(ref, "/events?after=" + after))) {
                Optional<ServerEvent> event = events.next();
                while (event.isPresent()) {
                    heard = Instant.now();
                    if (!tell(event.get(), listener)) {
                        return;
                    }
                    event = events.next();
                }
            } catch (NoServiceException e) {
                if (heard.plus(AWAY).isBefore(Instant.now())) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean tell(ServerEvent event, Listener listener) throws Exception {
        return switch (event.name()) {
            case "entry" -> {
                LogEntry entry = Json.read(event.data(), LogEntry.class);
                if (entry.seq() <= after) {
                    yield true;
                }
                after = entry.seq();
                yield listener.entry(entry);
            }
            case "session" -> listener.session(Json.read(event.data(), SessionRow.class));
            default -> true;
        };
    }
}
