package dev.muster.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/// A socket in a test's folder that a program of the test's own opens.
public final class UnixSocket {
    private UnixSocket() {}

    /// Waits until somebody takes connections there: the file is there a moment before.
    public static void awaitListener(Path socket) {
        Awaitility.await("somebody who listens at " + socket)
                .atMost(Duration.ofSeconds(60))
                .until(() -> listens(socket));
    }

    private static boolean listens(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
