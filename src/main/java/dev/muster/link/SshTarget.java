package dev.muster.link;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything needed to reach one SSH server, resolved: `hosts.yaml`, then `~/.ssh/config`, then
/// SSH's defaults.
///
/// @param host whose secrets open it: a name of `hosts.yaml`, or what a jump was written as
/// @param owner the host of `hosts.yaml` to name when a key is to be trusted: itself, or for a jump
///     that is not in the file the host that is reached through it
/// @param name what to dial: a host name or an address
/// @param port 1 to 65535
/// @param keyAddress what its key is kept under in known_hosts: `name`, `[name]:port`, or the
///     HostKeyAlias
/// @param identities key files to offer, in this order; not each need exist
/// @param identityRequired true when the one identity was named in `hosts.yaml`
/// @param onlyIdentities offer no other keys of the agent (IdentitiesOnly)
/// @param agent which agent to ask
/// @param knownHosts the user's files and the system's, only read
/// @param via how the bytes get there
/// @param unsupported options of `~/.ssh/config` that are set and not honoured, for `doctor`
record SshTarget(
        String host,
        String owner,
        String name,
        int port,
        String user,
        String keyAddress,
        List<Path> identities,
        boolean identityRequired,
        boolean onlyIdentities,
        Agent agent,
        List<Path> knownHosts,
        Via via,
        List<String> unsupported) {

    /// How the bytes get there.
    sealed interface Via {
        record Direct() implements Via {}

        /// A direct-tcpip channel inside the connection to another server.
        record Jump(SshTarget target) implements Via {}

        /// A program of this machine whose standard streams are the connection.
        record Command(String command) implements Via {}
    }

    /// Which agent holds keys.
    sealed interface Agent {
        /// The one that the service knows, `SSH_AUTH_SOCK` at first.
        record Default() implements Agent {}

        record Socket(Path path) implements Agent {}

        record None() implements Agent {}
    }

    /// `user@name:port`, for messages.
    String text() {
        return user + "@" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }

    Optional<SshTarget> jump() {
        return via instanceof Via.Jump jump ? Optional.of(jump.target()) : Optional.empty();
    }
}
