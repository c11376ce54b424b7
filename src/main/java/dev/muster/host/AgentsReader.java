package dev.muster.host;

import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Lays the agents of a file, or of one host of it, over those that exist already.
final class AgentsReader {
    private static final List<String> PLACEHOLDERS = List.of("{prompt}", "{promptFile}");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{[A-Za-z]+\\}");

    private final Map<String, Account> accounts;
    private final Faults faults;

    AgentsReader(Map<String, Account> accounts, Faults faults) {
        this.accounts = accounts;
        this.faults = faults;
    }

    /// @param base the agents that exist already; what is written replaces single values of them,
    ///     and adds to their environment
    SequencedMap<String, AgentSpec> over(Map<String, AgentSpec> base, List<Named<Fields>> written) {
        SequencedMap<String, AgentSpec> agents = new LinkedHashMap<>(base);
        for (Named<Fields> entry : written) {
            Optional<AgentSpec> below = Optional.ofNullable(base.get(entry.name()));
            entry.value()
                    .flatMap(fields -> agent(entry, fields, below))
                    .or(() -> Optional.of(standIn(entry, below)))
                    .ifPresent(agent -> agents.put(entry.name(), agent));
        }
        return agents;
    }

    /// What a refused agent leaves behind, so that those who name it are not refused too.
    private static AgentSpec standIn(Named<Fields> entry, Optional<AgentSpec> below) {
        return below.orElseGet(
                () -> AgentSpec.plain(entry.name(), AgentSpec.COMMAND, entry.name()));
    }

    private Optional<AgentSpec> agent(
            Named<Fields> entry, Fields fields, Optional<AgentSpec> below) {
        Optional<AgentSpec> base = below.or(() -> fresh(entry, fields));
        base.ifPresent(b -> checkType(entry, fields, b));
        fields.located(AgentKeys.ACCOUNT).ifPresent(this::checkAccount);
        return base.map(b -> laidOver(b, fields)).map(agent -> checked(agent, fields));
    }

    private Optional<AgentSpec> fresh(Named<Fields> entry, Fields fields) {
        Optional<String> type = fields.get(AgentKeys.TYPE);
        String shown = Faults.quoted(entry.name());
        if (type.isEmpty()) {
            if (!fields.has(AgentKeys.TYPE) && fields.whole()) {
                faults.error(
                        entry.at(),
                        "agent " + shown + " has no `type`, and is none of the built-in ones",
                        Near.orElse(
                                entry.name(),
                                AgentSpec.builtIn().keySet(),
                                "add `type: command`, or the type of the agent that it is"));
            }
            return Optional.empty();
        }
        boolean command = type.get().equals(AgentSpec.COMMAND);
        if (command && !fields.has(AgentKeys.COMMAND) && fields.whole()) {
            faults.error(
                    entry.at(),
                    "agent " + shown + " has no `command`",
                    "add `command:` with the program to run");
        }
        return Optional.of(AgentSpec.plain(entry.name(), type.get(), type.get()));
    }

    private void checkType(Named<Fields> entry, Fields fields, AgentSpec base) {
        fields.located(AgentKeys.TYPE)
                .filter(type -> !type.value().equals(base.type()))
                .ifPresent(
                        type ->
                                faults.error(
                                        type.at(),
                                        "agent "
                                                + Faults.quoted(entry.name())
                                                + " is of type `"
                                                + base.type()
                                                + "` already",
                                        "give an agent of another type a name of its own"));
    }

    private void checkAccount(Located<String> account) {
        if (!accounts.containsKey(account.value())) {
            faults.error(
                    account.at(),
                    "there is no account " + Faults.quoted(account.value()),
                    Near.orElse(account.value(), accounts.keySet(), "add it below `accounts`"));
        }
    }

    private static AgentSpec laidOver(AgentSpec base, Fields fields) {
        Map<String, String> env = new LinkedHashMap<>(base.env());
        env.putAll(HostReader.texts(fields.all(AgentKeys.AGENT_ENV)));
        return new AgentSpec(
                base.name(),
                base.type(),
                fields.get(AgentKeys.COMMAND).orElse(base.command()),
                fields.get(AgentKeys.ARGS).isPresent() ? fields.items(AgentKeys.ARGS) : base.args(),
                env,
                fields.get(AgentKeys.MODEL).or(base::model),
                fields.get(AgentKeys.PERMISSION_MODE).or(base::permissionMode),
                fields.get(AgentKeys.EFFORT).or(base::effort),
                fields.get(AgentKeys.SYSTEM_PROMPT).or(base::systemPrompt),
                fields.get(AgentKeys.ACCOUNT).or(base::account));
    }

    private AgentSpec checked(AgentSpec agent, Fields fields) {
        boolean command = agent.type().equals(AgentSpec.COMMAND);
        if (command) {
            refuseForCommand(fields, AgentKeys.MODEL);
            refuseForCommand(fields, AgentKeys.PERMISSION_MODE);
            refuseForCommand(fields, AgentKeys.EFFORT);
            refuseForCommand(fields, AgentKeys.SYSTEM_PROMPT);
        }
        for (Located<String> arg : fields.all(AgentKeys.ARGS)) {
            PLACEHOLDER
                    .matcher(arg.value())
                    .results()
                    .map(MatchResult::group)
                    .forEach(placeholder -> checkPlaceholder(placeholder, arg, command));
        }
        return agent;
    }

    private void refuseForCommand(Fields fields, Key<String> key) {
        if (fields.has(key)) {
            faults.error(
                    fields.keyAt(key),
                    "an agent of type `command` has no `" + key.name() + "`",
                    "put what the program needs into `args` or `env`");
        }
    }

    private void checkPlaceholder(String placeholder, Located<String> arg, boolean command) {
        if (command && !PLACEHOLDERS.contains(placeholder)) {
            Near.of(placeholder, PLACEHOLDERS)
                    .ifPresent(
                            near ->
                                    faults.warning(
                                            arg.at(),
                                            "`" + placeholder + "` is passed on as it stands",
                                            "did you mean `" + near + "`?"));
        } else if (!command && PLACEHOLDERS.contains(placeholder)) {
            faults.warning(
                    arg.at(),
                    "`" + placeholder + "` is filled in for agents of type `command` only",
                    "remove it: this agent is given its prompt in its own way");
        }
    }
}
