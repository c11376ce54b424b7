package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.HostSelector.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSelectorTest {
    private final Hosts hosts =
            Parsed.good(
                    """
                    groups: { backend: [dev-1..2, staging], all: [dev-1..8, staging] }
                    hosts:
                      dev-1..8: { ssh: "dev-{n}" }
                      staging: { ssh: staging }
                    """);

    @Test
    void findsHostsRangesGroupsAndListsOfThemOnceEach() {
        assertThat(found("staging")).containsExactly("staging");
        assertThat(found("dev-2..4")).containsExactly("dev-2", "dev-3", "dev-4");
        assertThat(found("@backend")).containsExactly("dev-1", "dev-2", "staging");
        assertThat(found("staging, @backend,dev-2..3"))
                .containsExactly("staging", "dev-1", "dev-2", "dev-3");
    }

    @Test
    void takesSeveralSelectorsTogether() {
        assertThat(HostSelector.resolve(List.of("dev-1", "@backend"), hosts))
                .isEqualTo(new Selection.Found(List.of("dev-1", "dev-2", "staging")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    stagng | there is no host `stagng` | did you mean `staging`?
                    dev-9 | there is no host `dev-9` | there are `dev-1` to `dev-8`
                    dev-7..10 | there is no host `dev-9`, which is in `dev-7..10` | there are `dev-1` to `dev-8`
                    dev-4..1 | the host `dev-4..1` counts down | write `dev-1..4`
                    @bakend | there is no group `@bakend` | did you mean `@backend`?
                    @x | there is no group `@x` | there are @backend, @all
                    backend | there is no host `backend`, but a group | write `@backend`
                    zzz | there is no host `zzz` | `muster hosts` lists those that there are
                    dev-1, | the host `` is empty | write a name
                    """)
    void saysWhatDoesNotExistAndWhatMayBeMeant(String selector, String problem, String fix) {
        assertThat(HostSelector.resolve(selector, hosts))
                .isEqualTo(new Selection.Unknown(problem, fix));
    }

    @Test
    void tellsAPluralByItsLook() {
        assertThat(List.of("dev-1..2", "@all", "a,b")).allMatch(HostSelector::isPlural);
        assertThat(List.of("dev-1", "dev.example.com")).noneMatch(HostSelector::isPlural);
    }

    private List<String> found(String selector) {
        assertThat(HostSelector.resolve(selector, hosts)).isInstanceOf(Selection.Found.class);
        return ((Selection.Found) HostSelector.resolve(selector, hosts)).hosts();
    }
}
