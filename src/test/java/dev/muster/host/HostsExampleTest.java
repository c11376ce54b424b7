package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `hosts.example.yaml` is the reference that users read: complete, and right.
class HostsExampleTest {
    private static final Path EXAMPLE = Path.of("hosts.example.yaml");

    @Test
    void passesTheCheckWithoutFaultOrWarning() throws IOException {
        Hosts hosts = Parsed.good(Files.readString(EXAMPLE));

        assertThat(hosts.hosts()).hasSize(11);
        assertThat(hosts.groups().get("backend")).hasSize(9);
    }

    @Test
    void showsEachKeyThatThereIs() throws IOException {
        String text = Files.readString(EXAMPLE);
        Set<String> missing = new TreeSet<>();
        keys(HostsKeys.FILE, missing);
        missing.removeIf(key -> text.contains(key + ": ") || text.contains(key + ":\n"));

        assertThat(missing).isEmpty();
    }

    private static void keys(Shape<?> shape, Collection<String> into) {
        switch (shape) {
            case Shape.Text<?> text -> {}
            case Shape.Flag flag -> {}
            case Shape.ListOf<?> list -> keys(list.item(), into);
            case Shape.MapOf<?> map -> keys(map.value(), into);
            case Shape.Later later -> keys(later.shape(), into);
            case Shape.Section section -> {
                for (Key<?> key : List.copyOf(section.keys())) {
                    into.add(key.name());
                    keys(key.shape(), into);
                }
            }
        }
    }
}
