package dev.muster.kill;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The AOT cache that a service's first life leaves behind, and with which all that are killed
/// later come up sooner. It is kept beside the jar: one life serves every test, in every JVM of the
/// build.
final class FirstLife {
    private FirstLife() {}

    /// Lives one, a service that writes its cache there, and is asked to end.
    interface Life {
        void live(Path cache) throws IOException, InterruptedException;
    }

    /// The cache that fits the jar.
    static synchronized Path of(Path jar, Life life) throws IOException, InterruptedException {
        Path cache = jar.resolveSibling("killed-service.aot");
        Path lockFile = jar.resolveSibling("killed-service.lock");
        // A lock of this JVM's own would be refused, not waited for: hence `synchronized` as well.
        try (FileChannel file = FileChannel.open(lockFile, CREATE, WRITE);
                FileLock _ = file.lock()) {
            if (!isNewer(cache, jar)) {
                Path fresh = jar.resolveSibling("killed-service.new");
                life.live(fresh);
                Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return cache;
    }

    private static boolean isNewer(Path cache, Path jar) throws IOException {
        return Files.exists(cache)
                && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }
}
