package dev.muster.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A loopback port for a server that is started later, or stopped and started again. A port that
/// the system chose and that was let go may be given to anybody meanwhile, a client's end of a
/// connection too. These are none that the system chooses by itself (Linux begins at 32768, macOS
/// at 49152), and no other test of this build gets one as long as this JVM lives.
public final class OwnPort {
    private static final int FROM = 20_000;
    private static final int TO = 32_000;

    /// Held until the JVM ends.
    private static final Queue<FileLock> TAKEN = new ConcurrentLinkedQueue<>();

    private OwnPort() {}

    public static int take() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/ports"));
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("" + port),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock != null && isFree(port)) {
                TAKEN.add(lock);
                return port;
            }
            channel.close();
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Another test of this JVM has it.
            return null;
        }
    }

    /// Whether no program outside of this build listens there.
    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
