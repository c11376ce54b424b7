package dev.muster.host;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// How a host is reached.
public sealed interface Reach {

    /// This machine, as the user that the service runs as.
    ///
    /// @param home the HOME to use in place of the user's own; empty for the user's
    record Local(Optional<Path> home) implements Reach {}

    /// Over SSH. What is empty here comes from `~/.ssh/config`, then from SSH's defaults.
    ///
    /// @param destination an alias of `~/.ssh/config` or a host name or address
    /// @param user the user to sign in as
    /// @param port 1 to 65535
    /// @param jump name of a host of this file, or a destination `[user@]name[:port]`, or several
    ///     with commas between, nearest first
    /// @param identity the only key to offer
    /// @param knownHosts where host keys are looked up, besides Muster's own file
    record Ssh(
            String destination,
            Optional<String> user,
            OptionalInt port,
            Optional<String> jump,
            Optional<Path> identity,
            Optional<Path> knownHosts)
            implements Reach {}
}
