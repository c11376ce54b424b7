package dev.muster.host;

import static dev.muster.host.HostsValues.ENV;
import static dev.muster.host.HostsValues.NAME;

import dev.muster.host.Shape.ListOf;
import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.Named;
import dev.muster.host.Shape.Section;
import dev.muster.host.Shape.Text;
import java.util.List;

/// Every key of an agent, be it of the file or of one host.
final class AgentKeys {
    private AgentKeys() {}

    static final Key<String> TYPE =
            Key.of(
                    "type",
                    Text.choice(AgentSpec.TYPES),
                    "what kind of agent it is; the built-in ones have theirs");
    static final Key<String> COMMAND =
            Key.of(
                    "command",
                    Text.of("a program, such as `claude` or `~/bin/agent`", "", Words::command),
                    "the program: a name that the login shell's PATH finds, or a path; a relative"
                            + " one with a slash starts at the worktree");
    static final Key<List<Located<String>>> ARGS =
            Key.of(
                    "args",
                    new ListOf<>(
                            "[\"--stage\", \"{promptFile}\"]",
                            Text.of("an argument", "", Words::value).orNumber(),
                            true),
                    "arguments; of a `command` agent they may hold {prompt} or {promptFile}");
    static final Key<List<Named<String>>> AGENT_ENV =
            Key.of("env", ENV, "environment of this agent; wins over the host's and account's");
    static final Key<String> MODEL =
            Key.of(
                    "model",
                    Text.of("a model's name", Words.WORD, Words::word),
                    "the model to ask for");
    static final Key<String> PERMISSION_MODE =
            Key.of(
                    "permissionMode",
                    Text.of("a mode of the agent, such as `default`", Words.WORD, Words::word),
                    "how much the agent may do unasked, in its own words");
    static final Key<String> EFFORT =
            Key.of(
                    "effort",
                    Text.of("a level of the agent, such as `high`", Words.WORD, Words::word),
                    "how hard the model should think, in the agent's own words");
    static final Key<String> SYSTEM_PROMPT =
            Key.of(
                    "systemPrompt",
                    Text.of("a text for the model", "", Words::value),
                    "put behind the agent's own system prompt");
    static final Key<String> ACCOUNT =
            Key.of("account", NAME, "the account whose quota its sessions use");

    static final Section SECTION =
            Section.of(
                    "an agent",
                    "{ type: command, command: ./bin/agent }",
                    TYPE,
                    COMMAND,
                    ARGS,
                    AGENT_ENV,
                    MODEL,
                    PERMISSION_MODE,
                    EFFORT,
                    SYSTEM_PROMPT,
                    ACCOUNT);
}
