package dev.muster.demo;

import dev.muster.host.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the demo's processes find in their environment: little of the user's, and nothing that
/// leads to the user's files.
///
/// @param user the environment that the demo was started in
public record DemoEnvironment(Map<String, String> user, DemoFolder folder) {
    /// Set for every process of a demo, to its folder: what is left of it is known by that.
    static final String MARK = "MUSTER_DEMO";

    /// What programs need to be found and to speak, how the launcher finds its JDK, and how
    /// fast the built-in agent works.
    private static final List<String> TAKEN_OVER =
            List.of("PATH", "LANG", "TZ", "USER", "LOGNAME", "TMPDIR", "JAVA_HOME", "DEMO_PACE");

    private static final Path BASH = Path.of("/bin/bash");

    /// For the service and for commands that talk to it.
    public Map<String, String> control() {
        Map<String, String> env = home(folder.control());
        env.put("XDG_CONFIG_HOME", folder.control().resolve("config").toString());
        env.put("XDG_DATA_HOME", folder.control().resolve("data").toString());
        env.put("XDG_CACHE_HOME", folder.control().resolve("cache").toString());
        // No XDG_STATE_HOME: the host `laptop` is this machine, and its state is in its own home.
        env.put("MUSTER_HOSTS", folder.hostsFile().toString());
        env.put("MUSTER_NO_TRAINING", "1");
        if (user.containsKey("MUSTER_JAVA_OPTS")) {
            env.put("MUSTER_JAVA_OPTS", user.get("MUSTER_JAVA_OPTS"));
        }
        return env;
    }

    public Folders folders() {
        return Folders.of(control(), folder.control());
    }

    /// For what runs on a host.
    Map<String, String> host(String name) {
        return home(folder.home(name));
    }

    private Map<String, String> home(Path home) {
        Map<String, String> env = new TreeMap<>();
        user.forEach(
                (name, value) -> {
                    if (TAKEN_OVER.contains(name) || name.startsWith("LC_")) {
                        env.put(name, value);
                    }
                });
        env.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        env.put("HOME", home.toString());
        env.put("SHELL", shell());
        env.put("GIT_CONFIG_NOSYSTEM", "1");
        env.put(MARK, folder.root().toString());
        return env;
    }

    /// A shell whose rc files are the demo's own, and in which a person who looks around is at
    /// home.
    static String shell() {
        return Files.isExecutable(BASH) ? BASH.toString() : "/bin/sh";
    }
}
