package dev.muster.link;

import dev.muster.host.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Where links find the user's and Muster's own things on this machine.
///
/// @param home the user's home: what `~` means, and `HOME` on a local host
/// @param knownHosts Muster's own known_hosts, which it writes
/// @param env the environment: `PATH`, `SSH_AUTH_SOCK`, and what a ProxyCommand inherits
/// @param sshClient OpenSSH's `ssh`, which resolves `~/.ssh/config`, where it is installed
public record LinkSettings(
        Path home,
        Path knownHosts,
        Map<String, String> env,
        Optional<Path> sshClient,
        LinkTimings timings) {

    /// The running user's own.
    public static LinkSettings standard(Folders folders) {
        return of(
                Folders.home(System.getenv()),
                folders.knownHosts(),
                Map.copyOf(System.getenv()),
                LinkTimings.STANDARD);
    }

    /// With the `ssh` that the environment's PATH finds.
    public static LinkSettings of(
            Path home, Path knownHosts, Map<String, String> env, LinkTimings timings) {
        Optional<Path> ssh =
                Arrays.stream(env.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                        .filter(dir -> dir.startsWith("/"))
                        .map(dir -> Path.of(dir, "ssh"))
                        .filter(Files::isExecutable)
                        .findFirst();
        return new LinkSettings(home, knownHosts, env, ssh, timings);
    }

    /// The user's OpenSSH folder, only ever read.
    public Path ssh() {
        return home.resolve(".ssh");
    }
}
