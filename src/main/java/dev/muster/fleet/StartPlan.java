package dev.muster.fleet;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.agent.Launch;
import dev.muster.agent.Word;
import dev.muster.fleet.Refused.Kind;
import dev.muster.git.WorktreeNaming;
import dev.muster.host.Account;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.Repo;
import dev.muster.session.LaunchOrder;
import dev.muster.session.SessionSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what was asked into an order for the host: decides names, paths and the command line.
/// Pure.
final class StartPlan {
    /// What a name may look like: it is a file, a folder and part of a branch on the host.
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int HEAD = 120;

    /// Linux takes no argument longer than 128 KiB (execve(2), MAX_ARG_STRLEN).
    private static final int LONGEST_ARGUMENT = 120_000;

    private final Hosts hosts;
    private final String owner;

    StartPlan(Hosts hosts, String owner) {
        this.hosts = hosts;
        this.owner = owner;
    }

    /// @param taken names of sessions on that host
    /// @param home the home there, for what begins with `~/`
    LaunchOrder order(StartAsk ask, Set<String> taken, String home, Instant now) throws Refused {
        Host host = host(ask.host());
        Repo repo = repo(host, ask.repo());
        AgentSpec agent = agent(host, ask.agent());
        try {
            Texts.check("the prompt", ask.prompt());
        } catch (Refused e) {
            throw e.at("prompt");
        }
        for (String arg : ask.args()) {
            Texts.check("an argument", arg);
        }
        String name = name(ask, taken, repo);
        String branch = ask.worktree() ? branch(ask.branch(), name) : null;
        String account = Optional.ofNullable(ask.account()).or(agent::account).orElse(null);
        SessionSpec spec =
                new SessionSpec(
                        ask.id(),
                        owner,
                        name,
                        host.name(),
                        repo.name(),
                        absolute(repo.path(), home),
                        ask.worktree()
                                ? absolute(
                                        WorktreeNaming.path(repo.path(), repo.worktrees(), name),
                                        home)
                                : null,
                        branch,
                        ask.branch() == null,
                        Optional.ofNullable(ask.base()).or(repo::base).orElse(null),
                        agent.name(),
                        agent.type(),
                        Optional.ofNullable(ask.model()).or(agent::model).orElse(null),
                        account,
                        ask.labels(),
                        ask.args(),
                        head(ask.prompt()),
                        repo.disposable(),
                        now,
                        ask.headless(),
                        null);
        return order(
                spec,
                1,
                spec.conversation(),
                host,
                repo,
                agent,
                account(account),
                ask.env(),
                ask.prompt());
    }

    /// The same session again: its agent goes on where it can.
    ///
    /// @param conversation the agent's newest, by its own word; null when it said none
    LaunchOrder again(SessionSpec spec, int run, @Nullable String conversation, String prompt)
            throws Refused {
        Host host = host(spec.host());
        // What Muster did not make is not set up either.
        Repo repo = spec.adopted() == null ? repo(host, spec.repo()) : Repo.at(spec.repoPath());
        return order(
                spec,
                run,
                conversation == null ? spec.conversation() : conversation,
                host,
                repo,
                agent(host, spec.agent()),
                account(spec.account()),
                Map.of(),
                prompt);
    }

    private LaunchOrder order(
            SessionSpec spec,
            int run,
            String conversation,
            Host host,
            Repo repo,
            AgentSpec agent,
            Optional<Account> account,
            Map<String, String> asked,
            String prompt)
            throws Refused {
        Agent kind = Agents.of(agent.type());
        int bytes = prompt.getBytes(StandardCharsets.UTF_8).length;
        // An argument shows in the host's list of processes, and is limited.
        boolean later =
                run == 1
                        && spec.headless() == null
                        && kind.speaks()
                        && !prompt.isEmpty()
                        && (host.shared() || bytes > LONGEST_ARGUMENT);
        Launch launch =
                new Launch(
                        spec.name(),
                        conversation,
                        // One that was adopted has been begun before its first run here.
                        spec.adopted() == null ? run : run + 1,
                        spec.model(),
                        spec.args(),
                        later ? "" : prompt);
        List<Word> command = command(spec, agent, launch);
        boolean inline = command.stream().anyMatch(Word::holdsPromptItself);
        if (inline && bytes > LONGEST_ARGUMENT) {
            throw Refused.of(
                            Kind.USAGE,
                            "the prompt is "
                                    + bytes
                                    + " bytes long, and an argument holds "
                                    + LONGEST_ARGUMENT
                                    + " at most",
                            "use {promptFile} in the agent's args, or put the text into a file of the repo")
                    .at("prompt");
        }
        Map<String, String> env = hosts.env(host, agent, account);
        env.putAll(asked);
        Adopting.configure(spec, env);
        for (String key : env.keySet()) {
            if (!ENV_NAME.matcher(key).matches()) {
                throw Refused.of(
                                Kind.USAGE,
                                "`" + key + "` can't be the name of an environment variable",
                                "use letters, digits and _, not beginning with a digit")
                        .at("env");
            }
        }
        LaunchOrder order =
                LaunchOrder.of(
                        spec,
                        run,
                        command,
                        repo.trust(),
                        env,
                        repo.setup().orElse(null),
                        repo.include(),
                        prompt);
        String guarded = kind.guarded(prompt);
        return later
                ? order.typedLater(guarded.substring(0, guarded.length() - prompt.length()))
                : order;
    }

    /// The order that goes on with what a person began by hand.
    LaunchOrder adopt(SessionSpec spec) throws Refused {
        return again(spec, 1, null, "");
    }

    private static List<Word> command(SessionSpec spec, AgentSpec agent, Launch launch)
            throws Refused {
        Agent adapter = Agents.of(agent.type());
        if (spec.headless() == null) {
            return adapter.command(agent, launch);
        }
        Optional<List<Word>> command = adapter.headless(agent, launch);
        if (command.isEmpty()) {
            throw Refused.of(
                            Kind.USAGE,
                            "the agent " + agent.name() + " can't be spoken with without a screen",
                            "leave --headless out, or name an agent of type claude with -a")
                    .on(spec.host())
                    .at("headless");
        }
        return command.get();
    }

    private Host host(String name) throws Refused {
        return hosts.host(name)
                .orElseThrow(
                        () ->
                                Refused.of(
                                        Kind.NOT_FOUND,
                                        "no host `" + name + "` in hosts.yaml",
                                        "hosts there: "
                                                + String.join(", ", hosts.hosts().keySet())));
    }

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

    private static AgentSpec agent(Host host, @Nullable String name) throws Refused {
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

    private Optional<Account> account(@Nullable String name) throws Refused {
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

    private static String name(StartAsk ask, Set<String> taken, Repo repo) throws Refused {
        String asked = ask.name();
        if (asked == null) {
            return SessionNames.free(ask.prompt(), repo.name(), taken);
        }
        if (!NAME.matcher(asked).matches()
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

    private static String branch(@Nullable String asked, String name) throws Refused {
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

    static String absolute(String path, String home) {
        return path.startsWith("~/") ? home + path.substring(1) : path;
    }

    private static @Nullable String head(String prompt) {
        if (prompt.isEmpty()) {
            return null;
        }
        return prompt.codePointCount(0, prompt.length()) <= HEAD
                ? prompt
                : prompt.substring(0, prompt.offsetByCodePoints(0, HEAD));
    }
}
