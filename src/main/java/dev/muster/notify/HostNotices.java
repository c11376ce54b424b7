package dev.muster.notify;

import dev.muster.fleet.HostStatus;
import dev.muster.host.Notices.Event;
import dev.muster.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What there is to tell of a host that is gone, or lets Muster in no more. Pure.
final class HostNotices {
    /// Networks go and come.
    private static final Duration GONE = Duration.ofMinutes(2);

    private static final Duration REFUSED = Duration.ofSeconds(10);

    private HostNotices() {}

    static Optional<Notice> of(
            HostStatus status, List<Session> sessions, Map<String, String> labels) {
        long going = sessions.stream().filter(session -> !session.ended()).count();
        boolean silent =
                switch (status.state()) {
                    // A laptop that sleeps is nobody's trouble unless something ought to go on
                    // there.
                    case OFFLINE, PENALISED -> going > 0;
                    case LOCKED, AUTH_FAILED, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED -> true;
                    case CONNECTING, ONLINE, DISABLED -> false;
                };
        // Who was never reached is not gone: whoever adds a host looks at it.
        if (!silent || status.lastHeard() == null) {
            return Optional.empty();
        }
        boolean network =
                switch (status.state()) {
                    case OFFLINE, PENALISED -> true;
                    default -> false;
                };
        return Optional.of(
                new Notice(
                        name(status.name()),
                        List.of(),
                        Event.HOST,
                        status.since(),
                        true,
                        network ? GONE : REFUSED,
                        null,
                        status.name()
                                + " is "
                                + status.state().word()
                                + (going == 0
                                        ? ""
                                        : "; "
                                                + going
                                                + (going == 1 ? " session" : " sessions")
                                                + " there can't be seen"),
                        Clean.line(status.detail()),
                        new Notice.Subject(status.name(), null, labels)));
    }

    /// The name of a notice of that host.
    static String name(String host) {
        return "host:" + host;
    }
}
