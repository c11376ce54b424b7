package dev.muster.fleet.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.fleet.doctor.Examination.AskedAgent;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Repo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether an agent is there as the login shell finds it, and past the questions that it asks a
/// person once: no hook and no status line comes before those are answered.
final class AgentChecks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LATE = "124";

    private AgentChecks() {}

    static List<Check> of(
            AskedAgent agent, Host host, LoginAnswer login, Map<String, Probe> repos) {
        String what = "agent:" + agent.spec().name();
        List<List<String>> lines = login.facts().all("agent").filter(w -> isOf(agent, w)).toList();
        if (lines.isEmpty() || lines.getFirst().size() < 2) {
            return List.of(Check.unknown(what, "the login shell did not say"));
        }
        List<String> words = lines.getFirst();
        String at = Answers.unhex(words.get(1)).orElse("none");
        String said = words.size() > 2 ? Answers.unhex(words.get(2)).orElse("") : "";
        List<Check> checks = new ArrayList<>();
        checks.add(found(what, agent.spec(), at, said, host, login));
        if (agent.spec().type().equals("claude") && !at.equals("none")) {
            checks.addAll(claude(agent, host, login, repos));
        }
        return checks;
    }

    private static boolean isOf(AskedAgent agent, List<String> words) {
        return !words.isEmpty() && words.getFirst().equals(agent.spec().name());
    }

    private static Check found(
            String what, AgentSpec spec, String at, String said, Host host, LoginAnswer login) {
        if (at.equals("-")) {
            return Check.ok(what, spec.command() + " is looked for in each worktree");
        }
        if (at.equals("none")) {
            boolean needed = spec.name().equals(host.defaultAgent());
            boolean path = spec.command().contains("/");
            String detail =
                    path
                            ? spec.command() + " is not there, or can't be run"
                            : "no program `"
                                    + spec.command()
                                    + "` on the login shell's PATH "
                                    + login.facts().text("path").orElse("?");
            String fix =
                    "install it there, or name its path: `agents: { "
                            + spec.name()
                            + ": { command: … } }` under the host in hosts.yaml";
            return needed
                    ? Check.missing(what, detail, fix)
                    : Check.warning(what, detail + "; only sessions that ask for it need it", fix);
        }
        int end = said.lastIndexOf('\n');
        String status = end < 0 ? "" : said.substring(end + 1).strip();
        String version = end < 0 ? "" : said.substring(0, end).lines().findFirst().orElse("");
        if (spec.type().equals(AgentSpec.COMMAND)) {
            return Check.ok(what, at);
        }
        if (status.equals("0")) {
            return Check.ok(what, at + ", version " + shortened(version.strip()));
        }
        return Check.warning(
                what,
                at
                        + (status.equals(LATE)
                                ? " did not tell its version in time"
                                : " fails when asked for its version, status "
                                        + status
                                        + ": "
                                        + shortened(version.strip())),
                "see what `" + spec.command() + " --version` does in a login shell there");
    }

    private static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static List<Check> claude(
            AskedAgent agent, Host host, LoginAnswer login, Map<String, Probe> repos) {
        String name = agent.spec().name();
        String what = "first-run:" + name;
        Map<String, List<String>> byWord =
                login.facts()
                        .all("claude")
                        .filter(words -> isOf(agent, words) && words.size() > 1)
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        words -> words.get(1), words -> words, (a, _) -> a));
        String file =
                Optional.ofNullable(byWord.get("file"))
                        .filter(words -> words.size() > 2)
                        .flatMap(words -> Answers.unhex(words.get(2)))
                        .orElse("~/.claude.json");
        List<Check> checks = new ArrayList<>();
        checks.add(signedIn("sign-in:" + name, byWord));
        if (byWord.containsKey("unreadable")) {
            checks.add(Check.unknown(what, file + " can't be read"));
            return checks;
        }
        if (!byWord.containsKey("none") && !byWord.containsKey("read")) {
            checks.add(Check.unknown(what, "its answer broke off"));
            return checks;
        }
        List<String> open = new ArrayList<>();
        if (!List.of("true").equals(rest(byWord.get("onboarding")))) {
            open.add("its first-run questions (theme, sign-in)");
        }
        boolean key = List.of("key").equals(rest(byWord.get("signed")));
        if (key && !byWord.containsKey("key")) {
            open.add("whether to use the API key that is set");
        }
        if (!open.isEmpty()) {
            checks.add(
                    Check.warning(
                            what,
                            name + " will ask at its first start here: " + String.join("; ", open),
                            "answer once, in `muster attach`, or by running it there yourself"));
        } else {
            checks.add(Check.ok(what, "answered, " + file));
        }
        Set<String> trusted = trusted(agent, login);
        host.repos().values().forEach(repo -> checks.addAll(trust(name, repo, trusted, repos)));
        return checks;
    }

    private static List<String> rest(@org.jspecify.annotations.Nullable List<String> words) {
        return words == null ? List.of() : words.subList(2, words.size());
    }

    private static Check signedIn(String what, Map<String, List<String>> byWord) {
        List<String> how = rest(byWord.get("signed"));
        return switch (how.isEmpty() ? "" : how.getFirst()) {
            case "key" -> Check.ok(what, "by an API key");
            case "token" -> Check.ok(what, "by a token of the environment");
            case "cloud" -> Check.ok(what, "by a cloud account of the environment");
            case "login" -> Check.ok(what, "by a login that was made there");
            case "no" ->
                    Check.warning(
                            what,
                            "no key, token or login was found (a keychain is not looked into)",
                            "sign in there once, or give ANTHROPIC_API_KEY by `env:`");
            default -> Check.unknown(what, "its answer broke off");
        };
    }

    /// The paths that a person trusted. The file names them as JSON strings.
    private static Set<String> trusted(AskedAgent agent, LoginAnswer login) {
        Set<String> paths = new HashSet<>();
        String prefix = "claude " + agent.spec().name() + " trust true ";
        for (List<String> words : login.facts().lines()) {
            String line = String.join(" ", words);
            if (line.startsWith(prefix)) {
                try {
                    String quoted = "\"" + line.substring(prefix.length()) + "\"";
                    paths.add(JSON.readValue(quoted, String.class));
                } catch (JsonProcessingException e) {
                    // A path that can't be read can't be one of ours.
                }
            }
        }
        return paths;
    }

    private static List<Check> trust(
            String agent, Repo repo, Set<String> trusted, Map<String, Probe> repos) {
        String what = "trust:" + repo.name();
        Probe probe = repos.get(repo.name());
        if (!(probe instanceof Probe.Answer answer)) {
            return List.of(Check.unknown(what, "the repo's path is not known"));
        }
        Answers facts = Answers.parse(answer.text());
        Optional<String> real = facts.text("real");
        if (real.isEmpty()) {
            return List.of();
        }
        boolean known =
                trusted.contains(real.get())
                        || facts.text("path").filter(trusted::contains).isPresent();
        if (known) {
            return List.of(Check.ok(what, agent + " trusts " + real.get()));
        }
        if (repo.trust()) {
            return List.of(Check.ok(what, "hosts.yaml says `trust: true`"));
        }
        return List.of(
                Check.warning(
                        what,
                        agent + " has not been told to trust " + real.get() + ": it asks first",
                        "answer in `muster attach`, or say `trust: true` for the repo in"
                                + " hosts.yaml"));
    }
}
