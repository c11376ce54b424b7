package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.RulePattern.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePatternTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm test; rm -rf /",
                "npm test && rm -rf /",
                "npm test & rm -rf /",
                "npm test || true",
                "npm test | sh",
                "npm test\nrm -rf /",
                "npm test\rrm -rf /",
                "npm test \\\nrm",
                "npm test $(rm -rf /)",
                "npm test `rm -rf /`",
                "npm test ${x:=y}",
                "npm test >~/.bashrc",
                "npm test </etc/passwd",
                "npm test <(rm -rf /)",
                "npm test {a,b}",
                "npm test # comment",
                "npm test !!",
                "npm test \u2028rm",
                "npm test \u0085rm",
                "npm test \u202etset",
                "npm test \u00a0rm",
                "npm test \0rm",
                " npm test",
                "npm  test",
                "NPM test",
                "x=1 npm test",
            })
    void coversNoCommandThatDoesMoreThanItsPatternSays(String command) {
        assertThat(new RulePattern("npm test*").covers(Kind.COMMAND, command)).isFalse();
        assertThat(new RulePattern("npm test").covers(Kind.COMMAND, command)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            textBlock =
                    """
                    npm test          → npm test
                    npm test*         → npm test
                    npm test*         → npm test --watch=false src/*.spec.ts
                    npm ci && npm *   → npm ci && npm test
                    git commit -m *   → git commit -m "it's done, really"
                    git commit -m "*" → git commit -m "done"
                    *                 → rm -rf / ; anything
                    """)
    void coversWhatItSays(String pattern, String command) {
        RulePattern rule = new RulePattern(pattern);
        assertThat(rule.isAnything() || rule.covers(Kind.COMMAND, command)).isTrue();
    }

    @Test
    void letsNoStarEndTheQuotesAroundIt() {
        assertThat(
                        new RulePattern("git commit -m \"*\"")
                                .covers(Kind.COMMAND, "git commit -m \"a\" --no-verify -m \"b\""))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            textBlock =
                    """
                    git push --force* → git push --force origin main
                    git push --force* → cd api && git push --force
                    git push --force* → true; git  push   --force
                    git push --force* → (git push --force)
                    git push --force* → echo $(git push --force)
                    rm -rf *          → ls | rm -rf /
                    """)
    void touchesACommandAnywhereInWhatIsAsked(String pattern, String command) {
        assertThat(new RulePattern(pattern).touches(Kind.COMMAND, command)).isTrue();
    }

    @Test
    void coversNoPathThatLeavesItsFolder() {
        RulePattern rule = new RulePattern("/srv/api/*");
        assertThat(rule.covers(Kind.PATH, "/srv/api/src/a b.java")).isTrue();
        for (String path :
                List.of(
                        "/srv/api/../../etc/passwd",
                        "/srv/api/./../x",
                        "/srv/api//x",
                        "/srv/api/..",
                        "/srv/api/a\nb")) {
            assertThat(rule.covers(Kind.PATH, path)).as(path).isFalse();
        }
        assertThat(new RulePattern("/etc/*").touches(Kind.PATH, "/srv/api/../../etc/passwd"))
                .isTrue();
    }

    @Test
    void coversNoOtherHostOfAUrl() {
        RulePattern rule = new RulePattern("https://*.example.com/docs/*");
        assertThat(rule.covers(Kind.URL, "https://a.example.com/docs/x?y=1#z")).isTrue();
        for (String url :
                List.of(
                        "https://evil.com/.example.com/docs/x",
                        "https://evil.com?.example.com/docs/x",
                        "https://evil.com#.example.com/docs/x",
                        "https://evil.com\\.example.com/docs/x",
                        "https://u@evil.com/docs/x",
                        "https://a.example.com/docs/../x",
                        "https://a.example.com/docs/%2e%2e/x",
                        "http://a.example.com/docs/x")) {
            assertThat(rule.covers(Kind.URL, url)).as(url).isFalse();
        }
        assertThat(
                        new RulePattern("https://example.com*")
                                .covers(Kind.URL, "https://example.com/evil"))
                .isFalse();
    }

    /// What a shell would take for more than words is in an approved command only where the
    /// pattern itself has it.
    @Property
    void coversNothingButPlainWordsBesideItsOwnText(
            @ForAll("commands") String command, @ForAll("patterns") String pattern) {
        if (new RulePattern(pattern).covers(Kind.COMMAND, command)) {
            String rest = command;
            for (String literal : pattern.split("\\*")) {
                int at = rest.indexOf(literal);
                assertThat(at).isNotNegative();
                rest = rest.substring(0, at) + rest.substring(at + literal.length());
            }
            assertThat(rest).doesNotContainPattern("[;&|<>(){}$`\\\\#!\\x00-\\x08\\x0a-\\x1f]");
        }
    }

    /// The simplest matcher there is, for comparison.
    @Property
    void matchesAsAPlainWildcardWhereNothingIsHostile(
            @ForAll("words") String asked, @ForAll("wordPatterns") String pattern) {
        String regex = ("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
        assertThat(new RulePattern(pattern).covers(Kind.COMMAND, asked))
                .isEqualTo(asked.matches(regex));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("ab -").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> wordPatterns() {
        return Arbitraries.strings().withChars("ab -*").ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                "npm test*",
                "npm *",
                "* test",
                "git log * --oneline",
                "npm ci && npm *",
                "echo '*'");
    }

    @Provide
    Arbitrary<String> commands() {
        Arbitrary<String> piece =
                Arbitraries.of(
                        "npm test",
                        "npm",
                        " ",
                        "test",
                        "ci && npm ",
                        ";",
                        "&&",
                        "|",
                        "\n",
                        "$(id)",
                        "`id`",
                        "'",
                        "\"",
                        "git log ",
                        " --oneline",
                        "echo '",
                        "\\",
                        "#",
                        ">x",
                        "x=1 ",
                        "\u2028",
                        "\r",
                        "é");
        return Combinators.combine(
                        Arbitraries.of("npm test", "npm ", "git log ", "npm ci && npm ", "echo '"),
                        piece.list().ofMaxSize(6))
                .as((head, rest) -> head + String.join("", rest));
    }
}
