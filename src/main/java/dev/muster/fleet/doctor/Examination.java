package dev.muster.fleet.doctor;

import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that was asked of one host, and what came back.
///
/// @param agents those that `hosts.yaml` gives the host, each with the environment of its sessions
/// @param machine answer of `doctor.sh`
/// @param login answer of `doctor-login.sh`
/// @param repos answers of `doctor-repo.sh`, by the repo's name
/// @param asOf when it was asked
public record Examination(
        Host host,
        List<AskedAgent> agents,
        LinkView link,
        Probe machine,
        Probe login,
        Map<String, Probe> repos,
        Instant asOf) {

    /// @param env of its sessions, from `hosts.yaml`
    public record AskedAgent(AgentSpec spec, Map<String, String> env) {
        public AskedAgent {
            env = Map.copyOf(env);
        }
    }

    public Examination {
        agents = List.copyOf(agents);
        repos = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(repos));
    }

    /// What it amounts to, in the order in which a person would mend it.
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>(LinkChecks.of(host, link));
        LoginAnswer shell = LoginAnswer.of(login);
        checks.addAll(MachineChecks.of(machine, shell, asOf));
        checks.addAll(LoginChecks.of(login, machine, shell));
        for (AskedAgent agent : agents) {
            checks.addAll(AgentChecks.of(agent, host, shell, repos));
        }
        host.repos()
                .values()
                .forEach(
                        repo ->
                                checks.addAll(
                                        RepoChecks.of(
                                                repo,
                                                repos.getOrDefault(
                                                        repo.name(),
                                                        new Probe.Silent("it was not asked")))));
        checks.addAll(safety());
        return List.copyOf(checks);
    }

    private List<Check> safety() {
        List<Check> checks = new ArrayList<>();
        if (host.reach() instanceof Reach.Local) {
            checks.add(
                    Check.warning(
                            "wall",
                            "agents here run as you: they can read what you can, Muster's token"
                                    + " too, and with it act on every host",
                            "whoever wants a wall runs agents under another account: a host with"
                                    + " `ssh: account@localhost`"));
        }
        if (host.shared()) {
            checks.add(
                    Check.ok(
                            "shared",
                            "other people can list processes here: prompts go to the agent's"
                                    + " terminal, never into its command line"));
        }
        return checks;
    }
}
