package dev.muster.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The ssh-agent that holds the user's keys: the one of `SSH_AUTH_SOCK`, until a command offers its
/// own because that one is gone.
///
/// Muster asks it to sign, never for a key, and never forwards it to a host.
public final class SshAgent {
    private volatile Optional<Path> socket;

    /// @param socket the Unix-domain socket, or empty for no agent
    public SshAgent(Optional<Path> socket) {
        this.socket = socket;
    }

    public Optional<Path> socket() {
        return socket;
    }

    /// From now on asks the agent at this socket.
    public void use(Path other) {
        socket = Optional.of(other);
    }

    /// Whether an agent answers there.
    public boolean answers() {
        Optional<Path> at = socket;
        return at.isPresent() && answers(at.get());
    }

    /// Whether an agent answers at a socket.
    public static boolean answers(Path socket) {
        try (AgentClient client = AgentClient.connect(socket)) {
            client.getIdentities();
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
