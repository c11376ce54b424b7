package dev.muster.fleet;

import dev.muster.host.Account;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The folders in which Claude Code keeps its sessions on a host, as far as `hosts.yaml` tells.
final class AgentFolders {
    /// The variable that names another one.
    static final String VARIABLE = "CLAUDE_CONFIG_DIR";

    /// Where it keeps them otherwise.
    static final String DEFAULT = "~/.claude";

    private AgentFolders() {}

    /// The default first; a leading `~/` is the host's home.
    static List<String> of(Hosts hosts, Host host) {
        Set<String> folders = new LinkedHashSet<>();
        folders.add(DEFAULT);
        add(folders, host.env());
        host.agents().values().stream().map(AgentSpec::env).forEach(env -> add(folders, env));
        hosts.accounts().values().stream().map(Account::env).forEach(env -> add(folders, env));
        return List.copyOf(folders);
    }

    /// Whether an environment names that folder.
    static boolean names(Map<String, String> env, String folder) {
        return Objects.equals(env.get(VARIABLE), folder);
    }

    private static void add(Set<String> folders, Map<String, String> env) {
        String folder = env.getOrDefault(VARIABLE, "");
        if (folder.startsWith("/") || folder.startsWith("~/")) {
            folders.add(folder);
        }
    }
}
