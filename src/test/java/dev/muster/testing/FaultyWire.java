package dev.muster.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between a client and a real server: it carries bytes until a test makes it lose
/// them, or close one direction only.
public final class FaultyWire implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int server;
    private volatile boolean dropping;

    /// @param server the port that it leads to
    public FaultyWire(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().name("faulty-wire").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// From now on nothing arrives, in either direction, of old connections and new ones; nobody is
    /// told.
    public void drop() {
        dropping = true;
    }

    /// What was lost stays lost, as the connections of that time do; new ones work.
    public void mend() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        dropping = false;
    }

    /// Ends what the server says to its clients; what they say still arrives.
    public void halfClose() throws IOException {
        for (Socket socket : sockets) {
            if (socket.getLocalPort() == door.getLocalPort()) {
                socket.shutdownOutput();
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(inside);
                Thread.startVirtualThread(() -> carry(client, inside));
                Thread.startVirtualThread(() -> carry(inside, client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            int n;
            while ((n = in.read(buffer)) >= 0) {
                if (!dropping) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // Half closed, or mended: what comes from there goes nowhere.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
