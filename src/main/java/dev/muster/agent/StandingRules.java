package dev.muster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.host.Rules;
import dev.muster.host.Rules.Rule;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the standing rules of `hosts.yaml` say to a request: `deny` before `approve`, and within
/// each the first that matches. Pure.
///
/// What a rule can't be sure of is asked: a request that was not read exactly, a question, a tool
/// of which Muster does not know what says what it does (of those only the pattern `*` matches).
public final class StandingRules {
    /// The part of the input that says what a tool does, and how patterns read it.
    private static final Map<String, Subject> SUBJECTS =
            Map.of(
                    "Bash", new Subject("command", RulePattern.Kind.COMMAND),
                    "Read", new Subject("file_path", RulePattern.Kind.PATH),
                    "Write", new Subject("file_path", RulePattern.Kind.PATH),
                    "Edit", new Subject("file_path", RulePattern.Kind.PATH),
                    "MultiEdit", new Subject("file_path", RulePattern.Kind.PATH),
                    "NotebookEdit", new Subject("notebook_path", RulePattern.Kind.PATH),
                    "WebFetch", new Subject("url", RulePattern.Kind.URL),
                    "WebSearch", new Subject("query", RulePattern.Kind.TEXT));

    /// What else a command may come with and still be what its text says; another field could widen
    /// it, as the one that leaves the sandbox does.
    private static final Set<String> BESIDE_COMMAND =
            Set.of("command", "description", "timeout", "run_in_background");

    private record Subject(String field, RulePattern.Kind kind) {
        boolean known(JsonNode input) {
            return kind != RulePattern.Kind.COMMAND
                    || input.propertyStream().allMatch(e -> BESIDE_COMMAND.contains(e.getKey()));
        }
    }

    /// What a rule decides.
    ///
    /// @param approved else it is denied
    public record Verdict(boolean approved, Rule rule) {
        /// The rule as the one who decided, for the record.
        public String by() {
            return "rule "
                    + (approved ? "approve: " : "deny: ")
                    + rule.tool()
                    + " "
                    + rule.pattern();
        }

        public Answer answer() {
            return approved
                    ? new Answer.Allow(false)
                    : new Answer.Deny(
                            "Denied by a standing rule of Muster: "
                                    + rule.tool()
                                    + " "
                                    + rule.pattern(),
                            false);
        }
    }

    private StandingRules() {}

    /// @param repo the session's, by its name in `hosts.yaml`
    /// @return empty when a person has to be asked
    public static Optional<Verdict> verdict(
            Rules rules, Request request, String repo, String host) {
        if (request.kind() != Request.Kind.APPROVAL) {
            return Optional.empty();
        }
        Optional<Verdict> denied =
                rules.deny().stream()
                        .filter(rule -> holds(rule, request, repo, host))
                        .filter(rule -> denies(rule, request))
                        .findFirst()
                        .map(rule -> new Verdict(false, rule));
        return denied.isPresent() || !request.exact()
                ? denied
                : rules.approve().stream()
                        .filter(rule -> holds(rule, request, repo, host))
                        .filter(rule -> approves(rule, request))
                        .findFirst()
                        .map(rule -> new Verdict(true, rule));
    }

    private static boolean holds(Rule rule, Request request, String repo, String host) {
        return rule.tool().equals(request.tool())
                && rule.repo().map(repo::equals).orElse(true)
                && (rule.hosts().isEmpty() || rule.hosts().contains(host));
    }

    private static boolean denies(Rule rule, Request request) {
        RulePattern pattern = new RulePattern(rule.pattern());
        Subject subject = SUBJECTS.get(request.tool());
        return pattern.isAnything()
                || (subject != null
                        && text(request, subject)
                                .map(text -> pattern.touches(subject.kind(), text))
                                .orElse(false));
    }

    private static boolean approves(Rule rule, Request request) {
        RulePattern pattern = new RulePattern(rule.pattern());
        Subject subject = SUBJECTS.get(request.tool());
        return pattern.isAnything()
                || (subject != null
                        && request.input() != null
                        && subject.known(request.input())
                        && text(request, subject)
                                .map(text -> pattern.covers(subject.kind(), text))
                                .orElse(false));
    }

    private static Optional<String> text(Request request, Subject subject) {
        JsonNode input = request.input();
        JsonNode value = input == null ? null : input.get(subject.field());
        return value != null && value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }
}
