package dev.muster.testing;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.RejectAllPasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// A server in this JVM that does what a real one rarely does when asked: stays silent, breaks off,
/// closes one direction only, refuses everybody.
public final class FaultyServer implements AutoCloseable {
    private final int port;
    private final AutoCloseable server;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts;
    private final @Nullable KeyPair hostKey;

    private FaultyServer(
            int port, AutoCloseable server, AtomicInteger attempts, @Nullable KeyPair hostKey) {
        this.port = port;
        this.server = server;
        this.attempts = attempts;
        this.hostKey = hostKey;
    }

    /// Takes connections and never says a word.
    public static FaultyServer silent() throws IOException {
        return plain("");
    }

    /// Says this in the place of an SSH identification and closes, as sshd does when it is too busy
    /// or has shut an address out.
    public static FaultyServer saying(String line) throws IOException {
        return plain(line);
    }

    private static FaultyServer plain(String line) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultyServer faulty =
                new FaultyServer(listener.getLocalPort(), listener, new AtomicInteger(), null);
        Thread.startVirtualThread(() -> faulty.accept(listener, line));
        return faulty;
    }

    private void accept(ServerSocket listener, String line) {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                if (!line.isEmpty()) {
                    socket.getOutputStream()
                            .write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                }
            }
        } catch (IOException _) {
            // Closed with the test.
            return;
        }
    }

    /// Refuses every key, and takes passwords never.
    public static FaultyServer refusingEverybody() throws Exception {
        return ssh(
                server -> {
                    server.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
                    server.setPasswordAuthenticator(RejectAllPasswordAuthenticator.INSTANCE);
                    CoreModuleProperties.AUTH_METHODS.set(server, "publickey");
                });
    }

    /// Takes this password and no key; counts the attempts.
    public static FaultyServer wantingPassword(String password) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        return ssh(
                server -> {
                    server.setPublickeyAuthenticator(null);
                    server.setPasswordAuthenticator(
                            (_, given, _) -> {
                                attempts.incrementAndGet();
                                return password.equals(given);
                            });
                    server.setCommandFactory((_, _) -> new FaultyCommand((_, _) -> {}));
                },
                attempts);
    }

    /// What a command's start on a server does.
    private interface Fault {
        void happen(ChannelSession channel, OutputStream out) throws IOException;
    }

    /// Drops the connection in the middle of each command's output.
    public static FaultyServer breakingOff() throws Exception {
        return running((channel, _) -> channel.getSession().getIoSession().close(true));
    }

    /// Closes its sending side in the middle of each command, and reads on.
    public static FaultyServer halfClosing() throws Exception {
        return running((channel, _) -> channel.getSession().getIoSession().shutdownOutputStream());
    }

    /// Ends each command's channel without an exit status.
    public static FaultyServer endingWithoutStatus() throws Exception {
        return running((channel, _) -> channel.close(false));
    }

    private static FaultyServer running(Fault fault) throws Exception {
        return ssh(
                server -> {
                    server.setPublickeyAuthenticator((_, _, _) -> true);
                    server.setCommandFactory((_, _) -> new FaultyCommand(fault));
                });
    }

    private interface Setup {
        void accept(SshServer server);
    }

    private static FaultyServer ssh(Setup setup) throws Exception {
        return ssh(setup, new AtomicInteger());
    }

    private static FaultyServer ssh(Setup setup, AtomicInteger attempts) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        KeyPair key = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        server.setKeyPairProvider(_ -> List.of(key));
        setup.accept(server);
        server.start();
        return new FaultyServer(
                server.getPort(),
                () -> {
                    server.getActiveSessions().forEach(session -> session.close(true));
                    server.stop(true);
                },
                attempts,
                key);
    }

    /// How many passwords were tried.
    public int attempts() {
        return attempts.get();
    }

    public int port() {
        return port;
    }

    /// A host that reaches it, its key known.
    ///
    /// @param identity the key to offer
    public Host host(String name, Path dir, Optional<Path> identity) throws IOException {
        Path known = dir.resolve("known_hosts." + port);
        KeyPair key = hostKey;
        Files.writeString(
                known,
                key == null
                        ? ""
                        : "[127.0.0.1]:"
                                + port
                                + " "
                                + PublicKeyEntry.toString(key.getPublic())
                                + "\n");
        return TestSshd.host(
                name,
                new Reach.Ssh(
                        "127.0.0.1",
                        Optional.of("dev"),
                        OptionalInt.of(port),
                        Optional.empty(),
                        identity,
                        Optional.of(known)));
    }

    @Override
    public void close() throws Exception {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// Prints something, then lets the fault happen.
    private static final class FaultyCommand implements Command {
        private final Fault fault;
        private @Nullable OutputStream out;

        FaultyCommand(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream err) {}

        @Override
        public void setExitCallback(ExitCallback callback) {}

        @Override
        public void start(ChannelSession channel, Environment env) throws IOException {
            OutputStream stream = java.util.Objects.requireNonNull(out);
            stream.write("some output\n".getBytes(StandardCharsets.US_ASCII));
            stream.flush();
            fault.happen(channel, stream);
        }

        @Override
        public void destroy(ChannelSession channel) {}
    }
}
