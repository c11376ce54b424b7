package dev.muster.host;

import static dev.muster.host.HostsValues.BRANCH;
import static dev.muster.host.HostsValues.ENV;
import static dev.muster.host.HostsValues.HOSTS_NAME;
import static dev.muster.host.HostsValues.IGNORES;
import static dev.muster.host.HostsValues.LABELS;
import static dev.muster.host.HostsValues.NAME;
import static dev.muster.host.HostsValues.PATH;
import static dev.muster.host.HostsValues.RANGE;
import static dev.muster.host.HostsValues.RANGES;
import static dev.muster.host.Key.required;

import dev.muster.host.Shape.Elsewhere;
import dev.muster.host.Shape.Flag;
import dev.muster.host.Shape.ListOf;
import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.MapOf;
import dev.muster.host.Shape.Named;
import dev.muster.host.Shape.Section;
import dev.muster.host.Shape.Text;
import java.util.List;
import java.util.Map;

/// Every key that a hosts file may have; [AgentKeys] has those of an agent, [NoticeKeys] those
/// below `notify`. Reading, messages and the schema all come from here.
final class HostsKeys {
    private HostsKeys() {}

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
                    new MapOf<>("claude: { model: sonnet }", NAME, AgentKeys.SECTION, true),
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

    // The file.
    static final Key<Fields> NOTIFY =
            Key.of("notify", NoticeKeys.SECTION, "who is told when something needs a person");
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
