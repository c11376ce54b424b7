package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.host.Account;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.session.Adopted;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a session of Muster's out of one that a person started by hand. Pure.
///
/// It stays in the folder where it was, and no worktree is Muster's: none is made, none is removed.
final class Adopting {
    private Adopting() {}

    /// @param byHand as it is on the board
    /// @param name its name from now on
    static SessionSpec spec(
            Session byHand, Hosts hosts, Host host, String owner, String name, Instant now)
            throws Refused {
        SessionSpec seen = byHand.spec();
        Adopted from = adopted(seen);
        AgentSpec agent = agent(host, from);
        return new SessionSpec(
                seen.id(),
                owner,
                name,
                host.name(),
                seen.repo(),
                seen.repoPath(),
                null,
                seen.branch(),
                false,
                null,
                agent.name(),
                agent.type(),
                null,
                account(hosts, from).orElse(null),
                Map.of(),
                List.of(),
                null,
                List.of(),
                now,
                null,
                from);
    }

    private static Adopted adopted(SessionSpec seen) {
        Adopted from = seen.adopted();
        if (from == null) {
            throw new IllegalArgumentException(seen.name() + " was not started by hand");
        }
        return from;
    }

    /// Its agent: the one that keeps its sessions where this one is, else the host's default, else
    /// any of that kind.
    private static AgentSpec agent(Host host, Adopted from) throws Refused {
        String folder = from.configFolder();
        return host.agents().values().stream()
                .filter(agent -> agent.type().equals("claude"))
                .max(
                        Comparator.<AgentSpec, Boolean>comparing(
                                        a -> folder != null && AgentFolders.names(a.env(), folder))
                                .thenComparing(a -> a.name().equals(host.defaultAgent())))
                .orElseThrow(
                        () ->
                                Refused.of(
                                                Kind.CONFLICT,
                                                "hosts.yaml names no agent of type claude for "
                                                        + host.name(),
                                                "name one under `agents:`")
                                        .on(host.name()));
    }

    private static Optional<String> account(Hosts hosts, Adopted from) {
        String folder = from.configFolder();
        return hosts.accounts().values().stream()
                .filter(account -> folder != null && AgentFolders.names(account.env(), folder))
                .map(Account::name)
                .findFirst();
    }

    /// An agent finds a conversation only in the folder that holds it.
    static void configure(SessionSpec spec, Map<String, String> env) {
        Adopted from = spec.adopted();
        if (from != null) {
            env.remove(AgentFolders.VARIABLE);
            if (from.configFolder() != null) {
                env.put(AgentFolders.VARIABLE, from.configFolder());
            }
        }
    }
}
