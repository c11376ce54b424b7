package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostsChangeTest {
    private static final String BEFORE =
            """
            hosts:
              gate: { ssh: gate }
              a: { ssh: a, jump: gate, labels: { role: x } }
              b: { ssh: b }
            """;

    @Test
    void findsNothingInTheSameText() {
        HostsChange change = change(BEFORE);

        assertThat(change.isEmpty()).isTrue();
        assertThat(change.reconnect()).isEmpty();
    }

    @Test
    void tellsAddedGoneAndChangedApart() {
        HostsChange change =
                change(
                        """
                        hosts:
                          c: { ssh: c }
                          gate: { ssh: gate }
                          a: { ssh: a, jump: gate, labels: { role: y } }
                        """);

        assertThat(change.added()).extracting(Host::name).containsExactly("c");
        assertThat(change.gone()).extracting(Host::name).containsExactly("b");
        assertThat(change.changed()).extracting(c -> c.after().name()).containsExactly("a");
        assertThat(change.reconnect()).isEmpty();
        assertThat(change.isEmpty()).isFalse();
    }

    @Test
    void connectsAnewToWhatIsReachedInAnotherWayAndToAllBehindIt() {
        HostsChange change =
                change(
                        """
                        hosts:
                          gate: { ssh: "gate:2222" }
                          a: { ssh: a, jump: gate, labels: { role: x } }
                          b: { ssh: b }
                        """);

        assertThat(change.changed()).extracting(c -> c.after().name()).containsExactly("gate");
        assertThat(change.reconnect()).containsExactly("gate", "a");
    }

    @Test
    void connectsAnewWhenAJumpHostLeavesTheFile() {
        HostsChange change =
                change(
                        """
                        hosts:
                          a: { ssh: a, jump: gate, labels: { role: x } }
                          b: { ssh: b }
                        """);

        assertThat(change.reconnect()).containsExactly("a");
    }

    private static HostsChange change(String after) {
        return HostsChange.between(Parsed.good(BEFORE), Parsed.good(after));
    }
}
