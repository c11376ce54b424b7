package dev.muster.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Held while a program is installed into `target/`: tests run in several JVMs at once.
public final class InstallLock implements AutoCloseable {
    private final FileChannel channel;

    private InstallLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits until no other JVM holds it.
    public static InstallLock take() throws IOException {
        Path file = Files.createDirectories(Path.of("target")).resolve("install.lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return new InstallLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
