package dev.muster.link;

import dev.muster.host.Folders;
import java.nio.file.Path;
import java.util.Map;

/// Where links find the user's and Muster's own things on this machine.
///
/// @param home the user's home: what `~` means, and `HOME` on a local host
/// @param ssh the user's OpenSSH folder, only ever read
/// @param knownHosts Muster's own known_hosts, which it writes
/// @param env the environment: `SSH_AUTH_SOCK`, and what a ProxyCommand inherits
public record LinkSettings(
        Path home, Path ssh, Path knownHosts, Map<String, String> env, LinkTimings timings) {

    /// The running user's own.
    public static LinkSettings standard(Folders folders) {
        Path home = Path.of(System.getProperty("user.home"));
        return new LinkSettings(
                home,
                home.resolve(".ssh"),
                folders.knownHosts(),
                Map.copyOf(System.getenv()),
                LinkTimings.STANDARD);
    }
}
