package dev.muster.host;

import java.nio.file.Path;
import java.util.Map;

/// Where Muster's own files lie on this machine, by the XDG base directory specification.
///
/// @param config `hosts.yaml`, `token` (0600), `service-id`, `known_hosts`: small, to be backed up
/// @param data the database and the service's log
/// @param cache AOT caches: can be deleted
public record Folders(Path config, Path data, Path cache) {

    /// @param env the process environment
    /// @param home the user's home
    public static Folders of(Map<String, String> env, Path home) {
        return new Folders(
                base(env, "XDG_CONFIG_HOME", home.resolve(".config")),
                base(env, "XDG_DATA_HOME", home.resolve(".local/share")),
                base(env, "XDG_CACHE_HOME", home.resolve(".cache")));
    }

    /// The user's home: `$HOME` as a shell sees it, else what the system's user database says.
    public static Path home(Map<String, String> env) {
        String home = env.getOrDefault("HOME", "");
        return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
    }

    private static Path base(Map<String, String> env, String name, Path fallback) {
        String value = env.getOrDefault(name, "");
        // The specification says: a relative path is to be ignored.
        Path dir = value.startsWith("/") ? Path.of(value) : fallback;
        return dir.resolve("muster");
    }

    public Path hostsFile() {
        return config.resolve("hosts.yaml");
    }

    public Path token() {
        return config.resolve("token");
    }

    public Path knownHosts() {
        return config.resolve("known_hosts");
    }

    public Path database() {
        return data.resolve("muster.db");
    }
}
