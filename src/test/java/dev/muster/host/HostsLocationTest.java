package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsLocationTest {
    private static final Path CWD = Path.of("/home/me/repo");
    private static final Folders FOLDERS = Folders.of(Map.of(), Path.of("/home/me"));
    private static final Map<String, String> SET = Map.of("MUSTER_HOSTS", "/etc/hosts.yaml");

    @Test
    void takesTheOptionThenTheVariableThenTheConfigFolder() {
        assertThat(HostsLocation.of(Optional.of(Path.of("my.yaml")), SET, FOLDERS, CWD))
                .isEqualTo(at("/home/me/repo/my.yaml", HostsLocation.Source.OPTION));
        assertThat(HostsLocation.of(Optional.empty(), SET, FOLDERS, CWD))
                .isEqualTo(at("/etc/hosts.yaml", HostsLocation.Source.ENVIRONMENT));
        assertThat(HostsLocation.of(Optional.empty(), Map.of(), FOLDERS, CWD))
                .isEqualTo(at("/home/me/.config/muster/hosts.yaml", HostsLocation.Source.DEFAULT));
    }

    @Test
    void refusesAVariableThatMeansAnotherFileInEachFolder() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                HostsLocation.of(
                                        Optional.empty(),
                                        Map.of("MUSTER_HOSTS", "hosts.yaml"),
                                        FOLDERS,
                                        CWD))
                .withMessageContaining("`hosts.yaml`, a relative path");
    }

    @Test
    void letsOnlyTheDefaultFileBeMissing() {
        assertThat(HostsLocation.of(Optional.empty(), SET, FOLDERS, CWD).mustExist()).isTrue();
        assertThat(HostsLocation.of(Optional.empty(), Map.of(), FOLDERS, CWD).mustExist())
                .isFalse();
    }

    @Test
    void takesTheHomeThatAShellSees() {
        assertThat(Folders.home(Map.of("HOME", "/srv/me"))).isEqualTo(Path.of("/srv/me"));
        assertThat(Folders.home(Map.of("HOME", "relative")))
                .isEqualTo(Path.of(System.getProperty("user.home")));
    }

    private static HostsLocation at(String file, HostsLocation.Source source) {
        return new HostsLocation(Path.of(file), source);
    }
}
