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
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int HEAD = 120;

    /// Linux takes no argument longer than 128 KiB (execve(2), MAX_ARG_STRLEN).
    private static final int LONGEST_ARGUMENT = 120_000;

    private final Hosts hosts;
    private final AskedNames names;
    private final String owner;

    StartPlan(Hosts hosts, String owner) {
        this.hosts = hosts;
        this.names = new AskedNames(hosts);
        this.owner = owner;
    }

    /// @param taken names of sessions on that host
    /// @param home the home there, for what begins with `~/`
    LaunchOrder order(StartAsk ask, Set<String> taken, String home, Instant now) throws Refused {
        Host host = names.host(ask.host());
        Repo repo = AskedNames.repo(host, ask.repo());
        AgentSpec agent = AskedNames.agent(host, ask.agent());
        try {
            Texts.check("the prompt", ask.prompt());
        } catch (Refused e) {
            throw e.at("prompt");
        }
        for (String arg : ask.args()) {
            Texts.check("an argument", arg);
        }
        String name = AskedNames.session(ask, taken, repo);
        String branch = ask.worktree() ? AskedNames.branch(ask.branch(), name) : null;
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
                names.account(account),
                ask.env(),
                ask.prompt());
    }

    /// The same session again: its agent goes on where it can.
    ///
    /// @param conversation the agent's newest, by its own word; null when it said none
    LaunchOrder again(SessionSpec spec, int run, @Nullable String conversation, String prompt)
            throws Refused {
        Host host = names.host(spec.host());
        // What Muster did not make is not set up either.
        Repo repo =
                spec.adopted() == null
                        ? AskedNames.repo(host, spec.repo())
                        : Repo.at(spec.repoPath());
        return order(
                spec,
                run,
                conversation == null ? spec.conversation() : conversation,
                host,
                repo,
                AskedNames.agent(host, spec.agent()),
                names.account(spec.account()),
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
