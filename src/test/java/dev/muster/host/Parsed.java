package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/// Reads texts for tests, as a user with the home `/home/me`.
final class Parsed {
    static final Path HOME = Path.of("/home/me");

    private Parsed() {}

    static HostsFile.Result of(String text) {
        return HostsFile.parse(text, Path.of("hosts.yaml"), HOME);
    }

    /// The hosts of a text without fault or warning.
    static Hosts good(String text) {
        HostsFile.Result result = of(text);
        assertThat(result).isInstanceOf(HostsFile.Result.Good.class);
        HostsFile.Result.Good good = (HostsFile.Result.Good) result;
        assertThat(good.warnings()).isEmpty();
        return good.hosts();
    }

    static List<String> warnings(String text) {
        HostsFile.Result result = of(text);
        assertThat(result).isInstanceOf(HostsFile.Result.Good.class);
        return ((HostsFile.Result.Good) result).warnings().stream().map(Fault::toString).toList();
    }

    static List<String> faults(String text) {
        HostsFile.Result result = of(text);
        assertThat(result).isInstanceOf(HostsFile.Result.Bad.class);
        return ((HostsFile.Result.Bad) result).faults().stream().map(Fault::toString).toList();
    }
}
