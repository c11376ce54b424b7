package dev.muster.link;

import java.util.List;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/// Writes what the library reports about a connection into its {@link Attempt}.
final class SessionNotes implements SessionListener {
    private static final int MOST_LINES = 20;

    @Override
    public void sessionPeerIdentificationLine(
            Session session, String line, List<String> extraLines) {
        Attempt attempt = SignIn.attempt((ClientSession) session);
        if (!line.startsWith("SSH-") && attempt.preamble.size() < MOST_LINES) {
            attempt.preamble.add(line);
        }
    }

    @Override
    public void sessionPeerIdentificationReceived(
            Session session, String version, List<String> extraLines) {
        SignIn.attempt((ClientSession) session).identified = true;
    }

    @Override
    public void sessionDisconnect(
            Session session,
            int reason,
            @Nullable String message,
            @Nullable String language,
            boolean initiator) {
        if (!initiator && message != null) {
            SignIn.attempt((ClientSession) session).disconnect = message;
        }
    }

    @Override
    public void sessionException(Session session, Throwable thrown) {
        Attempt attempt = SignIn.attempt((ClientSession) session);
        if (attempt.failure == null) {
            attempt.failure = thrown;
        }
    }
}
