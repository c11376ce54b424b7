package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.host.HostsWatcher.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsWatcherTest {
    /// So slow a fallback that what arrives was told by the file system.
    private static final HostsWatcher.Timing EVENTS =
            new HostsWatcher.Timing(Duration.ofMillis(20), Duration.ofMinutes(10));

    private static final HostsWatcher.Timing LOOKING =
            new HostsWatcher.Timing(Duration.ofMillis(20), Duration.ofMillis(50));

    @TempDir Path folder;
    private final List<Update> updates = new CopyOnWriteArrayList<>();
    private @Nullable HostsWatcher watcher;

    @AfterEach
    void close() {
        if (watcher != null) {
            watcher.close();
        }
    }

    @Test
    void appliesAGoodChangeWithItsDigest() throws IOException {
        Path file = write("a");
        watch(file, EVENTS);

        Files.writeString(file, text("b"));

        Update.Applied applied = applied();
        assertThat(applied.change().added()).extracting(Host::name).containsExactly("b");
        assertThat(applied.change().gone()).extracting(Host::name).containsExactly("a");
        assertThat(applied.sha256()).isEqualTo(HostsFile.sha256(Files.readAllBytes(file)));
        assertThat(state().sha256()).hasValue(applied.sha256());
    }

    @Test
    void keepsTheLastGoodVersionWhileTheFileIsBadAndSaysWhenItIsGoodAgain() throws IOException {
        Path file = write("a");
        watch(file, EVENTS);

        Files.writeString(file, "hosts: { b: { shh: b } }");
        await().until(() -> !updates.isEmpty());
        assertThat(updates.getFirst()).isInstanceOf(Update.Refused.class);
        assertThat(state().hosts().host("a")).isPresent();
        assertThat(state().faults()).isNotEmpty();

        Files.writeString(file, text("a"));
        assertThat(applied().change().isEmpty()).isTrue();
        assertThat(state().faults()).isEmpty();
    }

    @Test
    void seesAFileThatAnEditorPutsInItsPlace() throws IOException {
        Path file = write("a");
        watch(file, EVENTS);

        Path draft = Files.writeString(folder.resolve(".hosts.yaml.swp"), text("b"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(applied().hosts().host("b")).isPresent();
    }

    @Test
    void followsALinkIntoAnotherFolder() throws IOException {
        Path target = Files.createDirectory(folder.resolve("dotfiles")).resolve("my.yaml");
        Files.writeString(target, text("a"));
        Path config = Files.createDirectory(folder.resolve("config"));
        Path link = Files.createSymbolicLink(config.resolve("hosts.yaml"), target);
        watch(link, EVENTS);

        Files.writeString(target, text("b"));

        assertThat(applied().hosts().host("b")).isPresent();
    }

    /// The way in which Kubernetes renews a mounted ConfigMap: `hosts.yaml` is a link into
    /// `..data`, which is a link that is renamed onto the old one.
    @Test
    void seesASwapOfTheFolderBehindALink() throws IOException {
        version("v1", "a");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        Path file =
                Files.createSymbolicLink(
                        folder.resolve("hosts.yaml"), Path.of("..data/hosts.yaml"));
        watch(file, EVENTS);

        version("v2", "b");
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("v2"));
        Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        await().until(() -> state().hosts().host("b").isPresent());
    }

    @Test
    void findsAFileWhoseFolderDidNotExist() throws IOException {
        Path file = folder.resolve("config/muster/hosts.yaml");
        watcher =
                HostsWatcher.start(
                        file,
                        new HostsWatcher.State(Hosts.local(), Optional.empty(), List.of()),
                        LOOKING,
                        updates::add);

        Files.createDirectories(file.getParent());
        Files.writeString(file, text("a"));

        await().until(() -> state().hosts().host("a").isPresent());
    }

    @Test
    void keepsTheHostsOfAFileThatGoesAway() throws IOException {
        Path file = write("a");
        watch(file, EVENTS);

        Files.delete(file);

        await().until(() -> !updates.isEmpty());
        assertThat(updates.getFirst()).isInstanceOf(Update.Refused.class);
        assertThat(state().hosts().host("a")).isPresent();
    }

    @Test
    void goesOnAfterAListenerThatFails() throws IOException {
        Path file = write("a");
        watcher =
                HostsWatcher.start(
                        file,
                        first(file),
                        EVENTS,
                        update -> {
                            updates.add(update);
                            throw new IllegalStateException("the listener's own trouble");
                        });

        Files.writeString(file, text("b"));
        await().until(() -> !updates.isEmpty());
        Files.writeString(file, text("c"));

        await().until(() -> state().hosts().host("c").isPresent());
    }

    private void watch(Path file, HostsWatcher.Timing timing) {
        watcher = HostsWatcher.start(file, first(file), timing, updates::add);
    }

    private static HostsWatcher.State first(Path file) {
        HostsFile.Snapshot snapshot = HostsFile.read(file);
        return new HostsWatcher.State(
                ((HostsFile.Result.Good) snapshot.result()).hosts(), snapshot.sha256(), List.of());
    }

    private HostsWatcher.State state() {
        assertThat(watcher).isNotNull();
        return watcher.state();
    }

    /// The last update, once it is an applied one.
    private Update.Applied applied() {
        await().until(() -> !updates.isEmpty() && updates.getLast() instanceof Update.Applied);
        return (Update.Applied) updates.getLast();
    }

    private Path write(String host) throws IOException {
        return Files.writeString(folder.resolve("hosts.yaml"), text(host));
    }

    private void version(String name, String host) throws IOException {
        Path data = Files.createDirectory(folder.resolve(name));
        Files.writeString(data.resolve("hosts.yaml"), text(host));
    }

    private static String text(String host) {
        return "hosts: { " + host + ": { ssh: " + host + " } }\n";
    }
}
