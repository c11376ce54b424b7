package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFilesTest {
    @TempDir Path dir;

    @Test
    void makesATokenOnceForItsOwnerOnly() throws IOException {
        Path folder = dir.resolve("config");
        Path file = folder.resolve("token");
        String token = ServiceFiles.token(file);

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(ServiceFiles.token(file)).isEqualTo(token);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void refusesATokenThatOthersCanRead() throws IOException {
        Path file = dir.resolve("token");
        ServiceFiles.token(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> ServiceFiles.token(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can be read by others");
    }

    @Test
    void refusesATokenThatAnybodyCouldGuess() throws IOException {
        Path file = dir.resolve("token");
        ServiceFiles.ownFile(file);

        assertThatThrownBy(() -> ServiceFiles.token(file)).hasMessageContaining("no token");
    }

    @Test
    void givesAllThatStartAtOnceTheSameId() throws Exception {
        Path file = dir.resolve("service-id");
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            threads.invokeAll(
                    IntStream.range(0, 8)
                            .mapToObj(
                                    i ->
                                            (Callable<Boolean>)
                                                    () -> ids.add(ServiceFiles.serviceId(file)))
                            .toList());
        }
        assertThat(ids).hasSize(1).first().asString().matches("[0-9a-f]{16}");
    }

    @Test
    void doesNotReplaceAnIdThatWasDamaged() throws IOException {
        Path file = Files.writeString(dir.resolve("service-id"), "NOT AN ID");

        assertThatThrownBy(() -> ServiceFiles.serviceId(file))
                .hasMessageContaining("Put the old one back");
    }

    @Test
    void locksAFolderOnce() throws IOException {
        Path file = dir.resolve("muster.lock");
        try (ServiceLock lock = ServiceLock.take(file, "process 1 at http://here")) {
            assertThat(lock).isNotNull();
            assertThat(ServiceLock.take(file, "process 2")).isNull();
            assertThat(ServiceLock.holder(file)).isEqualTo("process 1 at http://here");
        }
        try (ServiceLock again = ServiceLock.take(file, "process 3")) {
            assertThat(again).isNotNull();
            assertThat(ServiceLock.holder(file)).isEqualTo("process 3");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
