package dev.muster.host;

import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.Named;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Makes one host of its section, the file's defaults applied.
final class HostReader {
    private static final List<Key<?>> SSH_ONLY =
            List.of(HostsKeys.JUMP, HostsKeys.IDENTITY, HostsKeys.KNOWN_HOSTS);

    private final Fields defaults;
    private final Map<String, AgentSpec> agents;
    private final AgentsReader agentsReader;
    private final Path home;
    private final Faults faults;

    /// @param agents those of the whole file
    /// @param home the user's home on this machine, for `identity` and the like
    HostReader(
            Fields defaults,
            Map<String, AgentSpec> agents,
            Map<String, Account> accounts,
            Path home,
            Faults faults) {
        this.defaults = defaults;
        this.agents = agents;
        this.agentsReader = new AgentsReader(accounts, faults);
        this.home = home;
        this.faults = faults;
    }

    /// Empty when it cannot be told how to reach the host, which has been reported then.
    Optional<Host> read(String name, Place at, Fields fields) {
        Map<String, AgentSpec> known = agentsReader.over(agents, fields.all(HostsKeys.AGENTS));
        SequencedMap<String, Repo> repos = repos(fields);
        String agent = defaultAgent(fields, known);
        boolean shared = fields.get(HostsKeys.SHARED).orElse(false);
        return reach(name, at, fields)
                .map(
                        reach ->
                                new Host(
                                        name,
                                        reach,
                                        texts(fields.all(HostsKeys.HOST_LABELS)),
                                        shared,
                                        agent,
                                        known,
                                        texts(fields.all(HostsKeys.HOST_ENV)),
                                        repos));
    }

    private String defaultAgent(Fields fields, Map<String, AgentSpec> known) {
        fields.located(HostsKeys.HOST_AGENT).ifPresent(agent -> checkAgent(agent, known, faults));
        return fields.get(HostsKeys.HOST_AGENT)
                .or(() -> defaults.get(HostsKeys.DEFAULT_AGENT))
                .orElse(HostsReader.DEFAULT_AGENT);
    }

    static void checkAgent(Located<String> agent, Map<String, AgentSpec> known, Faults faults) {
        if (!known.containsKey(agent.value())) {
            faults.error(
                    agent.at(),
                    "there is no agent " + Faults.quoted(agent.value()),
                    Near.orElse(
                            agent.value(),
                            known.keySet(),
                            "add it below `agents`; known are "
                                    + String.join(", ", known.keySet())));
        }
    }

    private Optional<Reach> reach(String name, Place at, Fields fields) {
        boolean local = fields.get(HostsKeys.LOCAL).orElse(false);
        if (local) {
            refuseBesideLocal(fields);
            return Optional.of(
                    new Reach.Local(fields.located(HostsKeys.HOME).flatMap(this::onThisMachine)));
        }
        if (fields.has(HostsKeys.HOME) && !fields.has(HostsKeys.LOCAL)) {
            faults.error(
                    fields.keyAt(HostsKeys.HOME),
                    "`home` is for a `local` host; over SSH, the host says where the home is",
                    "remove it, or add `local: true`");
        }
        if (!fields.has(HostsKeys.SSH) && unreachable(fields)) {
            faults.error(
                    at,
                    "it is not said how to reach " + Faults.quoted(name),
                    "add `ssh: " + name + "` or `local: true`");
        }
        return fields.get(HostsKeys.SSH).map(ssh -> overSsh(ssh, fields));
    }

    /// A refused `local`, or a section that was cut off, may have been meant to say it.
    private static boolean unreachable(Fields fields) {
        boolean refused = fields.has(HostsKeys.LOCAL) && fields.get(HostsKeys.LOCAL).isEmpty();
        return fields.whole() && !refused;
    }

    private void refuseBesideLocal(Fields fields) {
        if (fields.has(HostsKeys.SSH)) {
            faults.error(
                    fields.keyAt(HostsKeys.SSH),
                    "a host is `local` or reached by `ssh`, not both",
                    "keep one of them");
        }
        for (Key<?> key : SSH_ONLY) {
            if (fields.has(key)) {
                faults.error(
                        fields.keyAt(key),
                        "`" + key.name() + "` is for hosts reached by `ssh`, and this is `local`",
                        "remove it");
            }
        }
    }

    private Reach overSsh(Destination ssh, Fields fields) {
        Optional<String> jump =
                fields.get(HostsKeys.JUMP)
                        .map(
                                hops ->
                                        hops.stream()
                                                .map(Destination::toString)
                                                .collect(Collectors.joining(",")));
        return new Reach.Ssh(
                ssh.name(),
                ssh.user().or(() -> defaults.get(HostsKeys.DEFAULT_USER)),
                ssh.port(),
                jump,
                fields.located(HostsKeys.IDENTITY).flatMap(this::onThisMachine),
                fields.located(HostsKeys.KNOWN_HOSTS).flatMap(this::onThisMachine));
    }

    private Optional<Path> onThisMachine(Located<String> path) {
        String text = path.value();
        try {
            return Optional.of(
                    text.startsWith("~/")
                            ? home.resolve(text.replaceFirst("^~/+", ""))
                            : Path.of(text));
        } catch (InvalidPathException e) {
            faults.error(
                    path.at(),
                    Faults.quoted(text) + " is no path on this machine: " + e.getReason(),
                    "check the locale that Muster runs with, or rename the file");
            return Optional.empty();
        }
    }

    private SequencedMap<String, Repo> repos(Fields host) {
        SequencedMap<String, Repo> repos = new LinkedHashMap<>();
        Map<String, String> byPath = new HashMap<>();
        for (Named<Fields> entry : host.all(HostsKeys.REPOS)) {
            Optional<Fields> fields = entry.value();
            Optional<String> path = fields.flatMap(f -> f.get(HostsKeys.REPO_PATH));
            if (path.isEmpty()) {
                continue;
            }
            Repo repo = repo(entry.name(), path.get(), fields.get());
            repos.put(entry.name(), repo);
            String twin = byPath.putIfAbsent(repo.path(), entry.name());
            if (twin != null) {
                faults.warning(
                        entry.at(),
                        Faults.quoted(entry.name()) + " and `" + twin + "` are the same folder",
                        "keep one name for it, so that its sessions stand together");
            }
        }
        return repos;
    }

    private Repo repo(String name, String path, Fields fields) {
        fields.located(HostsKeys.WORKTREES)
                .filter(worktrees -> worktrees.value().equals(path))
                .ifPresent(
                        worktrees ->
                                faults.error(
                                        worktrees.at(),
                                        "`worktrees` is the repo itself",
                                        "write another folder, or remove it for `"
                                                + path
                                                + ".worktrees`"));
        for (Located<String> pattern : fields.all(HostsKeys.DISPOSABLE)) {
            if (List.of("*", "**", "/*", "/**").contains(pattern.value())) {
                faults.warning(
                        pattern.at(),
                        "every ignored file would be deleted unasked, `.env` files too",
                        "name what can be made again, such as `node_modules`");
            }
        }
        return new Repo(
                name,
                path,
                fields.get(HostsKeys.REPO_BASE).or(() -> defaults.get(HostsKeys.DEFAULT_BASE)),
                fields.get(HostsKeys.WORKTREES),
                fields.get(HostsKeys.SETUP),
                fields.items(HostsKeys.INCLUDE),
                fields.items(HostsKeys.DISPOSABLE),
                fields.get(HostsKeys.TRUST).orElse(false));
    }

    /// A mapping of texts, without those that were refused.
    static SequencedMap<String, String> texts(List<Named<String>> entries) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        entries.forEach(entry -> entry.value().ifPresent(v -> texts.put(entry.name(), v)));
        return texts;
    }
}
