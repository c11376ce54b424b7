package dev.muster.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// All that a `hosts.yaml` says, ranges and defaults resolved.
///
/// @param hosts by name, in the file's order
/// @param groups names of hosts, each of which exists
/// @param accounts by name
/// @param rules what is approved or denied without asking
/// @param notices who is told when something needs a person
/// @param tokens what tokens with a scope may do besides
public record Hosts(
        SequencedMap<String, Host> hosts,
        Map<String, List<String>> groups,
        Map<String, Account> accounts,
        Rules rules,
        Notices notices,
        Tokens tokens) {

    /// The name of this machine where no file names it.
    public static final String LOCAL = "local";

    public Hosts {
        hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }

    /// What holds without a file: this machine as host `local`, the built-in agents, no repos.
    public static Hosts local() {
        Host local =
                new Host(
                        LOCAL,
                        new Reach.Local(Optional.empty()),
                        Map.of(),
                        false,
                        HostsReader.DEFAULT_AGENT,
                        AgentSpec.builtIn(),
                        Map.of(),
                        new LinkedHashMap<>());
        return new Hosts(
                new LinkedHashMap<>(Map.of(LOCAL, local)),
                Map.of(),
                Map.of(),
                Rules.NONE,
                Notices.NONE,
                Tokens.NONE);
    }

    public Optional<Host> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    /// The environment that the file gives to a session: the host's, then the agent's, then the
    /// account's, of which the later wins: an account is chosen for a session.
    public SequencedMap<String, String> env(Host host, AgentSpec agent, Optional<Account> account) {
        SequencedMap<String, String> env = new LinkedHashMap<>(host.env());
        env.putAll(agent.env());
        account.ifPresent(chosen -> env.putAll(chosen.env()));
        return env;
    }

    /// The same for the agent's own account, if the file names one.
    public SequencedMap<String, String> env(Host host, AgentSpec agent) {
        return env(host, agent, agent.account().map(accounts::get));
    }
}
