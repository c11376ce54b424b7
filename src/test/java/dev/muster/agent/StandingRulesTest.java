package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.host.Rules;
import dev.muster.host.Rules.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingRulesTest {
    private static final Rule TEST = rule("Bash", "npm test*");

    @Test
    void approvesWhatARuleCovers() throws Exception {
        assertThat(verdict(approve(TEST), bash("npm test")))
                .hasValueSatisfying(v -> assertThat(v.approved()).isTrue());
        assertThat(verdict(approve(TEST), bash("npm test; rm -rf /"))).isEmpty();
        assertThat(verdict(approve(TEST), request("Read", "{\"command\":\"npm test\"}"))).isEmpty();
    }

    @Test
    void looksAtDenialsFirst() throws Exception {
        Rules rules = new Rules(List.of(rule("Bash", "rm *")), List.of(rule("Bash", "*")));
        assertThat(verdict(rules, bash("ls && rm -rf x")))
                .hasValueSatisfying(v -> assertThat(v.approved()).isFalse());
        assertThat(verdict(rules, bash("ls && cat x")))
                .hasValueSatisfying(v -> assertThat(v.approved()).isTrue());
    }

    @Test
    void takesTheFirstRuleThatMatches() throws Exception {
        Rule narrow = rule("Bash", "npm test");
        assertThat(verdict(approve(narrow, TEST), bash("npm test")).orElseThrow().rule())
                .isSameAs(narrow);
        assertThat(verdict(approve(narrow, TEST), bash("npm test x")).orElseThrow().rule())
                .isSameAs(TEST);
    }

    @Test
    void keepsToItsRepoAndItsHosts() throws Exception {
        Rule here = new Rule("Bash", "*", Optional.of("api"), List.of("dev-1"));
        assertThat(StandingRules.verdict(approve(here), bash("ls"), "api", "dev-1")).isPresent();
        assertThat(StandingRules.verdict(approve(here), bash("ls"), "web", "dev-1")).isEmpty();
        assertThat(StandingRules.verdict(approve(here), bash("ls"), "api", "dev-2")).isEmpty();
    }

    @Test
    void neverApprovesWhatItCouldNotReadExactly() throws Exception {
        Request read = bash("npm test");
        Rules anything = approve(rule("Bash", "*"));
        Request differs = copy(read, read.input(), "0".repeat(32));
        Request cut = copy(read, null, Request.PAYLOAD + "0".repeat(64));
        Request unreadable = copy(read, null, "");
        assertThat(verdict(anything, read)).isPresent();
        assertThat(List.of(differs, cut, unreadable))
                .allSatisfy(r -> assertThat(verdict(anything, r)).isEmpty());
        assertThat(verdict(new Rules(List.of(rule("Bash", "*")), List.of()), unreadable))
                .isPresent();
    }

    @Test
    void answersNoQuestions() throws Exception {
        Request question =
                new Request(
                        "0123456789abcdef",
                        Request.Kind.QUESTION,
                        "AskUserQuestion",
                        "",
                        json("{}"),
                        Digest.of(json("{}")),
                        List.of(),
                        null,
                        Instant.EPOCH);
        assertThat(verdict(approve(rule("AskUserQuestion", "*")), question)).isEmpty();
    }

    @Test
    void asksWhereACommandComesWithMoreThanItsText() throws Exception {
        Request wide =
                request("Bash", "{\"command\":\"npm test\",\"dangerouslyDisableSandbox\":true}");
        assertThat(verdict(approve(TEST), wide)).isEmpty();
        assertThat(verdict(approve(TEST), request("Bash", "{\"command\":[\"npm test\"]}")))
                .isEmpty();
    }

    @Test
    void knowsOnlyAnythingOfAToolItDoesNotKnow() throws Exception {
        Request other = request("mcp__db__query", "{\"query\":\"select 1\"}");
        assertThat(verdict(approve(rule("mcp__db__query", "select*")), other)).isEmpty();
        assertThat(verdict(approve(rule("mcp__db__query", "*")), other)).isPresent();
    }

    private static Optional<StandingRules.Verdict> verdict(Rules rules, Request request) {
        return StandingRules.verdict(rules, request, "api", "dev-1");
    }

    private static Rules approve(Rule... rules) {
        return new Rules(List.of(), List.of(rules));
    }

    private static Rule rule(String tool, String pattern) {
        return new Rule(tool, pattern, Optional.empty(), List.of());
    }

    private static Request bash(String command) throws Exception {
        return request(
                "Bash", "{\"command\":" + new ObjectMapper().writeValueAsString(command) + "}");
    }

    private static Request request(String tool, String input) throws Exception {
        return new Request(
                "0123456789abcdef",
                Request.Kind.APPROVAL,
                tool,
                "",
                json(input),
                Digest.of(json(input)),
                List.of(),
                null,
                Instant.EPOCH);
    }

    private static Request copy(Request r, JsonNode input, String digest) {
        return new Request(
                r.id(), r.kind(), r.tool(), "", input, digest, List.of(), null, r.askedAt());
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
