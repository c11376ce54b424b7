package dev.muster.host;

import static dev.muster.host.Key.required;

import dev.muster.host.Shape.Elsewhere;
import dev.muster.host.Shape.Flag;
import dev.muster.host.Shape.ListOf;
import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.MapOf;
import dev.muster.host.Shape.Named;
import dev.muster.host.Shape.Section;
import dev.muster.host.Shape.Text;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Every key that a hosts file may have. Reading, messages and the schema all come from here.
final class HostsKeys {
    private HostsKeys() {}

    private static final Text<String> NAME = Text.of("a name", Words.NAME, Words::name).orNumber();
    private static final Text<String> BRANCH =
            Text.of("a branch, tag or commit, such as `main`", Words.WORD, Words::revision);
    private static final Text<String> PATH =
            Text.of("an absolute path, or `~/…`", Words.PATH, Words::path);
    private static final Text<String> IGNORE =
            Text.of("a gitignore pattern, such as `.env*`", "", Words::ignorePattern);
    private static final ListOf<String> IGNORES =
            new ListOf<>("[\".env*\", config/local]", IGNORE, true);
    private static final MapOf<String> ENV =
            new MapOf<>(
                    "{ NAME: value }",
                    Text.of("a variable's name", Words.ENV_NAME, Words::envName),
                    Text.of("a value, or \"\" for an empty one", "", Words::value).orNumber(),
                    true);
    private static final MapOf<String> LABELS =
            new MapOf<>(
                    "{ role: backend }",
                    Text.of("a label's name", Words.LABEL_NAME, Words::labelName).orNumber(),
                    Text.of("a label's value", "", Words::labelValue).orNumber(),
                    true);
    private static final Text<HostRange> RANGE =
            Text.of("a host, or a range as `dev-1..8`", HostRange.PATTERN, HostRange::parse)
                    .orNumber();
    private static final ListOf<HostRange> RANGES =
            new ListOf<>("[dev-1..8, staging]", RANGE, false);
    private static final Text<String> HOSTS_NAME =
            Text.of(
                            "a host's name, or a range as `dev-1..8`",
                            HostRange.PATTERN,
                            text -> HostRange.parse(text).text())
                    .orNumber();

    // An agent.
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

    // A repo.
    static final Key<String> REPO_PATH = required("path", PATH, "the repo on the host");
    static final Key<String> REPO_BASE =
            Key.of("base", BRANCH, "the branch that new work starts from");
    static final Key<String> WORKTREES =
            Key.of("worktrees", PATH, "folder for worktrees; without: `<path>.worktrees`");
    static final Key<String> SETUP =
            Key.of(
                    "setup",
                    Text.of("a command for the shell, such as `npm ci`", "", Words::shell),
                    "run by the user's shell in each new worktree");
    static final Key<List<Located<String>>> INCLUDE =
            Key.of(
                    "include",
                    IGNORES,
                    "git-ignored files to copy into each worktree, besides .worktreeinclude");
    static final Key<List<Located<String>>> DISPOSABLE =
            Key.of(
                    "disposable",
                    IGNORES,
                    "git-ignored files that may be deleted with a worktree, unasked");
    static final Key<Boolean> TRUST =
            Key.of("trust", new Flag(), "Muster may answer the agent's trust question here");

    private static final Section REPO =
            Section.of(
                    "a repo",
                    "{ path: /srv/api }",
                    REPO_PATH,
                    REPO_BASE,
                    WORKTREES,
                    SETUP,
                    INCLUDE,
                    DISPOSABLE,
                    TRUST);
    private static final Section AGENT =
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

    // A host.
    static final Key<Destination> SSH =
            Key.of(
                    "ssh",
                    Text.of(Destination.WANTED, Destination.PATTERN, Destination::parse),
                    "how to reach it: an alias of ~/.ssh/config, or [user@]name[:port]");
    static final Key<Boolean> LOCAL =
            Key.of("local", new Flag(), "this machine, without SSH; in place of `ssh`");
    static final Key<String> HOME =
            Key.of("home", PATH, "HOME of the sessions on a `local` host; without: the user's");
    static final Key<List<Destination>> JUMP =
            Key.of(
                    "jump",
                    Text.of(
                            "a host of this file, or [user@]name[:port]",
                            "",
                            Destination::parseList),
                    "hosts to go through, nearest first, with commas between");
    static final Key<String> IDENTITY =
            Key.of("identity", PATH, "the only private key to offer, a file on this machine");
    static final Key<String> KNOWN_HOSTS =
            Key.of("knownHosts", PATH, "a known_hosts file on this machine, read besides our own");
    static final Key<Boolean> SHARED =
            Key.of("shared", new Flag(), "other people can list the processes there");
    static final Key<String> HOST_AGENT =
            Key.of("agent", NAME, "the agent of a start that names none, on this host");
    static final Key<List<Named<Fields>>> AGENTS =
            Key.of(
                    "agents",
                    new MapOf<>("claude: { model: sonnet }", NAME, AGENT, true),
                    "agents by name; claude, codex, gemini and opencode exist without being named");
    static final Key<List<Named<String>>> HOST_LABELS =
            Key.of("labels", LABELS, "your own words, to find hosts by");
    static final Key<List<Named<String>>> HOST_ENV =
            Key.of("env", ENV, "environment of every session there");
    static final Key<List<Named<Fields>>> REPOS =
            Key.of(
                    "repos",
                    new MapOf<>("api: { path: /srv/api }", NAME, REPO, true),
                    "git repositories there, by name");

    static final Section HOST =
            Section.of(
                            "a host",
                            "{ ssh: deploy@example.com }",
                            SSH,
                            LOCAL,
                            HOME,
                            JUMP,
                            IDENTITY,
                            KNOWN_HOSTS,
                            SHARED,
                            HOST_AGENT,
                            AGENTS,
                            HOST_LABELS,
                            HOST_ENV,
                            REPOS)
                    .withHints(
                            Map.of(
                                    "user",
                                    new Elsewhere("ssh", "write it as `ssh: user@name`"),
                                    "port",
                                    new Elsewhere("ssh", "write it as `ssh: name:2222`"),
                                    "host",
                                    new Elsewhere("ssh", "write it as `ssh: name`"),
                                    "hostname",
                                    new Elsewhere("ssh", "write it as `ssh: name`"),
                                    "proxyJump",
                                    new Elsewhere("jump", "write it as `jump: name`"),
                                    "key",
                                    new Elsewhere(
                                            "identity", "write it as `identity: ~/.ssh/name`"),
                                    "base",
                                    new Elsewhere(
                                            "repos", "write it below each repo, or `defaults`")));

    // A standing rule.
    static final Key<String> TOOL =
            required(
                    "tool",
                    Text.of("a tool's name, such as `Bash`", "", Words::line),
                    "the tool asked");
    static final Key<String> PATTERN =
            required(
                    "pattern",
                    Text.of("what it is asked to do; `*` is any text", "", Words::rulePattern),
                    "what the tool is asked to do; `*` stands for any text");
    static final Key<String> RULE_REPO = Key.of("repo", NAME, "only in this repo");
    static final Key<HostRange> RULE_HOST = Key.of("host", RANGE, "only on this host or range");

    private static final ListOf<Fields> RULES =
            new ListOf<>(
                    "- { tool: Bash, pattern: \"npm test\" }",
                    Section.of(
                            "a rule",
                            "{ tool: Bash, pattern: \"npm test\" }",
                            TOOL,
                            PATTERN,
                            RULE_REPO,
                            RULE_HOST),
                    true);

    // The defaults.
    static final Key<String> DEFAULT_AGENT =
            Key.of("agent", NAME, "the agent of a start that names none; without: claude");
    static final Key<String> DEFAULT_USER =
            Key.of(
                    "user",
                    Text.of("a user, such as `dev`", "[^\\s@:-][^\\s@:]*", Destination::user),
                    "the user to sign in as where `ssh` names none");
    static final Key<String> DEFAULT_BASE =
            Key.of("base", BRANCH, "the branch that new work starts from where a repo says none");

    // An account.
    static final Key<String> TIER =
            Key.of(
                    "tier",
                    Text.of("a subscription's name", "", Words::line),
                    "its name, for people");
    static final Key<List<Named<String>>> ACCOUNT_ENV =
            Key.of("env", ENV, "what makes an agent use this account");

    // Tokens with a scope.
    static final Key<Boolean> TOKENS_APPROVE =
            Key.of(
                    "approve",
                    new Flag(),
                    "a token of scope `approve` may answer what agents ask; without: people only");

    // Notices.
    static final String DESKTOP = "desktop";
    static final String WEBHOOK = "webhook";
    static final String SLACK = "slack";
    static final String NTFY = "ntfy";

    private static final Text<String> SECRET_NAME =
            Text.of("a variable of the service", Words.ENV_NAME, Words::anyEnvName).unspoken();
    private static final Text<LocalTime> TIME =
            Text.of("a time, such as `22:00`", Words.TIME, Words::time).orNumber();

    static final Key<LocalTime> QUIET_FROM = required("from", TIME, "when it begins");
    static final Key<LocalTime> QUIET_TO =
            required("to", TIME, "when it ends; over midnight where that is the earlier time");
    static final Key<ZoneId> QUIET_ZONE =
            Key.of(
                    "zone",
                    Text.of("a time zone, such as `Europe/Berlin`", "", Words::zone),
                    "the time zone; without: the service's own");
    static final Key<Fields> QUIET =
            Key.of(
                    "quiet",
                    Section.of(
                            "`quiet`",
                            "{ from: \"22:00\", to: \"07:00\" }",
                            QUIET_FROM,
                            QUIET_TO,
                            QUIET_ZONE),
                    "hours in which nobody is told; what still holds then is told afterwards");
    static final Key<Integer> CONTEXT =
            Key.of(
                    "context",
                    Text.of("a share from 1 to 100", "[1-9]\\d?|100", Words::percent).orNumber(),
                    "percent of a conversation's context from which on to warn; without: 80");

    static final Key<String> TARGET_TYPE =
            required("type", Text.choice(List.of(DESKTOP, WEBHOOK, SLACK, NTFY)), "how it is told");
    static final Key<String> URL =
            Key.of(
                    "url",
                    Text.of("an address, such as `https://example.com/hook`", "", Words::url)
                            .unspoken(),
                    "the address to send to");
    static final Key<String> URL_ENV =
            Key.of("urlEnv", SECRET_NAME, "the variable that holds the address");
    static final Key<String> URL_FILE = Key.of("urlFile", PATH, "the file that holds the address");
    static final Key<String> SECRET_ENV =
            Key.of("secretEnv", SECRET_NAME, "the variable that holds the key for signatures");
    static final Key<String> SECRET_FILE =
            Key.of("secretFile", PATH, "the file that holds the key for signatures");
    static final Key<String> TOKEN_ENV =
            Key.of("tokenEnv", SECRET_NAME, "the variable that holds the access token");
    static final Key<String> TOKEN_FILE =
            Key.of("tokenFile", PATH, "the file that holds the access token");
    static final Key<String> BODY =
            Key.of(
                    "body",
                    Text.of("a JSON document with {title} and so on", "", Words::template),
                    "what to send in place of Muster's own document; {title}, {text} and so on are"
                            + " filled in, fit for a JSON string");
    static final Key<List<Located<String>>> WHEN =
            Key.of(
                    "when",
                    new ListOf<>(
                            "[approval, question]",
                            Text.choice(
                                    Arrays.stream(Notices.Event.values())
                                            .map(Notices.Event::word)
                                            .toList()),
                            false),
                    "what it is told of; without: all but idle");
    static final Key<List<Located<HostRange>>> TARGET_HOSTS =
            Key.of("hosts", RANGES, "only of these hosts");
    static final Key<List<Located<String>>> TARGET_REPOS =
            Key.of("repos", new ListOf<>("[api, web]", NAME, false), "only of these repos");
    static final Key<List<Named<String>>> TARGET_LABELS =
            Key.of("labels", LABELS, "only of sessions with all of these, or on such hosts");

    static final Key<List<Named<Fields>>> TO =
            Key.of(
                    "to",
                    new MapOf<>(
                            "desk: { type: desktop }",
                            NAME,
                            Section.of(
                                    "one who is told",
                                    "{ type: desktop }",
                                    TARGET_TYPE,
                                    URL,
                                    URL_ENV,
                                    URL_FILE,
                                    SECRET_ENV,
                                    SECRET_FILE,
                                    TOKEN_ENV,
                                    TOKEN_FILE,
                                    BODY,
                                    WHEN,
                                    TARGET_HOSTS,
                                    TARGET_REPOS,
                                    TARGET_LABELS,
                                    QUIET),
                            true),
                    "who is told, by name");

    // The file.
    static final Key<Fields> NOTIFY =
            Key.of(
                    "notify",
                    Section.of(
                            "`notify`", "{ to: { desk: { type: desktop } } }", CONTEXT, QUIET, TO),
                    "who is told when something needs a person");
    static final Key<Fields> DEFAULTS =
            Key.of(
                    "defaults",
                    Section.of(
                            "`defaults`",
                            "{ agent: claude }",
                            DEFAULT_AGENT,
                            DEFAULT_USER,
                            DEFAULT_BASE),
                    "what holds where nothing else is said");
    static final Key<List<Named<Fields>>> ACCOUNTS =
            Key.of(
                    "accounts",
                    new MapOf<>(
                            "max: { env: { CLAUDE_CONFIG_DIR: ~/.claude-max } }",
                            NAME,
                            Section.of("an account", "{ env: { NAME: value } }", TIER, ACCOUNT_ENV),
                            true),
                    "accounts by name; sessions of one account share its quota");
    static final Key<List<Named<List<Located<HostRange>>>>> GROUPS =
            Key.of(
                    "groups",
                    new MapOf<>("backend: [dev-1..8, staging]", NAME, RANGES, true),
                    "hosts to be named together, as @backend");
    static final Key<List<Named<Yaml>>> HOSTS =
            required(
                    "hosts",
                    new MapOf<>("dev-1: { ssh: dev-1 }", HOSTS_NAME, new Shape.Later(HOST), false),
                    "the hosts by name; a range as `dev-1..8` is as many, with {n} filled in");
    static final Key<List<Located<Fields>>> DENY =
            Key.of("deny", RULES, "what is refused without asking; comes before `approve`");
    static final Key<List<Located<Fields>>> APPROVE =
            Key.of("approve", RULES, "what is allowed without asking; the first match counts");
    static final Key<Fields> TOKENS =
            Key.of(
                    "tokens",
                    Section.of("`tokens`", "{ approve: true }", TOKENS_APPROVE),
                    "what tokens with a scope may do besides");

    static final Section FILE =
            Section.of(
                            "a hosts file",
                            "hosts: { dev-1: { ssh: dev-1 } }",
                            DEFAULTS,
                            AGENTS,
                            ACCOUNTS,
                            GROUPS,
                            HOSTS,
                            DENY,
                            APPROVE,
                            NOTIFY,
                            TOKENS)
                    .withExtensions();
}
