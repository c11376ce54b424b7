package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HostsFilePropertyTest {
    private static final String EXAMPLE = example();

    @Property(tries = 500)
    void answersAnyTextWithHostsOrWithFaultsAtAPlaceInIt(@ForAll("yamlLike") String text) {
        answered(text);
    }

    @Property(tries = 300)
    void answersAnExampleThatWasCutOutOfWithHostsOrFaults(
            @ForAll @IntRange(max = 3000) int from, @ForAll @IntRange(max = 40) int length) {
        int start = Math.min(from, EXAMPLE.length());
        int end = Math.min(start + length, EXAMPLE.length());

        answered(EXAMPLE.substring(0, start) + EXAMPLE.substring(end));
    }

    @Property(tries = 300)
    void keepsAnyValueOfTheEnvironmentAsItWasWritten(@ForAll("values") String value) {
        Hosts hosts = Parsed.good("hosts: { a: { ssh: a, env: { V: " + quoted(value) + " } } }");

        assertThat(hosts.host("a").orElseThrow().env()).containsEntry("V", value);
    }

    @Property(tries = 300)
    void givesBackEachNameOfARange(
            @ForAll @IntRange(max = 900) int from, @ForAll @IntRange(max = 99) int more)
            throws Refused {
        HostRange range = HostRange.parse("dev-%03d..%03d".formatted(from, from + more));

        assertThat(range.names()).hasSize(more + 1).doesNotHaveDuplicates();
        assertThat(range.names().getFirst()).isEqualTo("dev-%03d".formatted(from));
        assertThat(range.names().getLast()).isEqualTo("dev-%03d".formatted(from + more));
    }

    @Property(tries = 300)
    void writesADestinationAsItWasRead(@ForAll("destinations") String text) throws Refused {
        assertThat(Destination.parse(text)).hasToString(text);
    }

    @Provide
    Arbitrary<String> yamlLike() {
        return Arbitraries.of(
                        "hosts:",
                        "a",
                        "dev-1..3",
                        ": ",
                        "{",
                        "}",
                        "[",
                        "]",
                        ", ",
                        "\n",
                        "\n  ",
                        "- ",
                        "\"",
                        "'",
                        "&x ",
                        "*x",
                        "<<: ",
                        "ssh: a",
                        "!t ",
                        "|",
                        "? ",
                        "---\n",
                        "\t",
                        "#",
                        "\uFEFF",
                        "\u0000",
                        "\uD800",
                        "é",
                        "😀",
                        "{n}",
                        "%YAML 1.9\n",
                        "local: true",
                        "groups: ",
                        "jump: a",
                        "\\",
                        "~")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> ascii = Arbitraries.chars().range(' ', '~').map(String::valueOf);
        Arbitrary<String> others = Arbitraries.of("é", "漢", "😀", "\n", "\t", "\"", "\\", ": ");
        return Arbitraries.oneOf(ascii, others)
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts))
                .filter(text -> !text.contains("{n}"));
    }

    @Provide
    Arbitrary<String> destinations() {
        Arbitrary<String> user = Arbitraries.of("", "dev@", "a.b@", "me@corp@");
        Arbitrary<String> name = Arbitraries.of("a", "dev-1.example.com", "10.0.0.1", "[::1]");
        Arbitrary<String> port =
                Arbitraries.integers().between(0, 65535).map(n -> n == 0 ? "" : ":" + n);
        return user.flatMap(u -> name.flatMap(n -> port.map(p -> u + n + p)));
    }

    private static void answered(String text) {
        long lines = text.lines().count() + 1;
        switch (Parsed.of(text)) {
            case HostsFile.Result.Good good -> assertThat(good.hosts().hosts()).isNotEmpty();
            case HostsFile.Result.Bad bad ->
                    assertThat(bad.faults())
                            .isNotEmpty()
                            .allSatisfy(
                                    fault -> {
                                        assertThat((long) fault.line()).isBetween(1L, lines);
                                        assertThat(fault.column()).isPositive();
                                        assertThat(fault.fix()).isNotBlank();
                                    })
                            .extracting(Fault::severity)
                            .contains(Fault.Severity.ERROR);
        }
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }

    private static String example() {
        try {
            return Files.readString(Path.of("hosts.example.yaml"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
