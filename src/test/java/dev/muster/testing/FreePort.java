package dev.muster.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback for servers that other programs start somewhat later.
///
/// Not one that the kernel picks (`bind` with 0): it may give that to a connection or a listener of
/// another test before the server is up, or while a test has it stopped. These lie below those that
/// it picks from (32768 and up on Linux, 49152 on macOS).
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    /// What was given out in this JVM, and may not be bound yet.
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /// One on which nobody listens, and which this gives to nobody else.
    public static int next() throws IOException {
        int port = ThreadLocalRandom.current().nextInt(FIRST, END);
        while (!GIVEN.add(port) || !isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(FIRST, END);
        }
        return port;
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException _) {
            return false;
        }
    }
}
