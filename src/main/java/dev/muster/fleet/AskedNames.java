package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.git.WorktreeNaming;
import dev.muster.host.Account;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Repo;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request names, looked up in `hosts.yaml`; what is not there, or can't be a name, is
/// refused with what is there instead. Pure.
record AskedNames(Hosts hosts) {
    /// What a session's name may look like: it is a file, a folder and part of a branch on the
    /// host.
    static final Pattern SESSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    Host host(String name) throws Refused {
        return hosts.host(name)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Kind.NOT_FOUND,
                                        "no host `" + name + "` in hosts.yaml",
                                        "hosts there: "
                                                + String.join(", ", hosts.hosts().keySet())));
    }

    /// @param name of `hosts.yaml`, or a path there
    static Repo repo(Host host, String name) throws Refused {
        if (name.startsWith("/") || name.startsWith("~/")) {
            try {
                return Repo.at(name);
            } catch (IllegalArgumentException e) {
                throw Refused.of(Kind.USAGE, String.valueOf(e.getMessage()), null).at("repo");
            }
        }
        Optional<Repo> known = host.repo(name);
        if (known.isEmpty()) {
            throw Refused.of(
                            Kind.NOT_FOUND,
                            "host " + host.name() + " has no repo `" + name + "`",
                            host.repos().isEmpty()
                                    ? "name one by its path: " + host.name() + ":/path/to/repo"
                                    : "repos there: " + String.join(", ", host.repos().keySet()))
                    .on(host.name())
                    .at("repo");
        }
        return known.get();
    }

    /// @param name null: the one that the host starts where nothing else is said
    static AgentSpec agent(Host host, @Nullable String name) throws Refused {
        String wanted = name == null ? host.defaultAgent() : name;
        AgentSpec agent = host.agents().get(wanted);
        if (agent == null) {
            throw Refused.of(
                            Kind.NOT_FOUND,
                            "host " + host.name() + " has no agent `" + wanted + "`",
                            "agents there: " + String.join(", ", host.agents().keySet()))
                    .on(host.name())
                    .at("agent");
        }
        return agent;
    }

    Optional<Account> account(@Nullable String name) throws Refused {
        if (name == null) {
            return Optional.empty();
        }
        Account account = hosts.accounts().get(name);
        if (account == null) {
            throw Refused.of(
                            Kind.NOT_FOUND,
                            "no account `" + name + "` in hosts.yaml",
                            hosts.accounts().isEmpty()
                                    ? "hosts.yaml names no accounts"
                                    : "accounts there: "
                                            + String.join(", ", hosts.accounts().keySet()))
                    .at("account");
        }
        return Optional.of(account);
    }

    /// The name of a session to be: the one that was asked for, else one that is free.
    ///
    /// @param taken names of sessions on that host
    static String session(StartAsk ask, Set<String> taken, Repo repo) throws Refused {
        String asked = ask.name();
        if (asked == null) {
            return SessionNames.free(ask.prompt(), repo.name(), taken);
        }
        if (!SESSION.matcher(asked).matches()
                || asked.endsWith(".lock")
                || asked.contains("..")
                || asked.endsWith(".")) {
            throw Refused.of(
                            Kind.USAGE,
                            "`" + asked + "` can't be a session's name",
                            "use letters, digits, `.`, `_` and `-`, at most 63, beginning with a letter or"
                                    + " digit")
                    .at("name");
        }
        if (taken.contains(asked)) {
            throw Refused.of(
                            Kind.CONFLICT,
                            "a session named " + asked + " is on " + ask.host() + " already",
                            "choose another name, or `muster rm " + ask.host() + "/" + asked + "`")
                    .on(ask.host())
                    .at("name");
        }
        return asked;
    }

    static String branch(@Nullable String asked, String name) throws Refused {
        if (asked == null) {
            return WorktreeNaming.branch(name);
        }
        Optional<String> problem = WorktreeNaming.problem(asked);
        if (problem.isPresent()) {
            throw Refused.of(
                            Kind.USAGE,
                            "git takes no branch `" + asked + "`: the name " + problem.get(),
                            "choose another name with -b")
                    .at("branch");
        }
        return asked;
    }
}
