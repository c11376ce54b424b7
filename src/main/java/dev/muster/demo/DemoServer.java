package dev.muster.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// An SSH server on a loopback port, for one host of the demo.
sealed interface DemoServer extends AutoCloseable permits OpenSshServer, BuiltInServer {
    int port();

    /// Whom to sign in as.
    String user();

    /// What it is, for people.
    String kind();

    @Override
    void close() throws InterruptedException, IOException;

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
