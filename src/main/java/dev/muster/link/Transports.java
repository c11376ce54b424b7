package dev.muster.link;

import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.link.LinkFailure.Offline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.jspecify.annotations.Nullable;

/// Opens the way to a server: a socket, a channel inside the jump host's connection, or a program.
final class Transports {
    private static final int MOST_SAID = 2048;

    private final Map<String, String> env;

    /// @param env what a ProxyCommand inherits
    Transports(Map<String, String> env) {
        this.env = env;
    }

    /// @param jump the connection to go through, when the target has a jump
    StreamTransport.Pipe open(Attempt attempt, @Nullable SshConnection jump, Deadline deadline)
            throws LinkException, InterruptedException {
        SshTarget target = attempt.target;
        return switch (target.via()) {
            case SshTarget.Via.Direct _ -> socket(target, deadline);
            case SshTarget.Via.Jump _ ->
                    tunnel(target, Objects.requireNonNull(jump, "no jump"), deadline);
            case SshTarget.Via.Command(var command) -> program(attempt, command);
        };
    }

    /// Tries each address of the name in turn; a share of the time for each.
    private static StreamTransport.Pipe socket(SshTarget target, Deadline deadline)
            throws LinkException, InterruptedException {
        InetAddress[] addresses = lookUp(target, deadline);
        IOException last = new IOException("no address");
        for (int i = 0; i < addresses.length && !deadline.passed(); i++) {
            Socket socket = new Socket();
            boolean connected = false;
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                long share = deadline.left().toMillis() / (addresses.length - i);
                InetSocketAddress address = new InetSocketAddress(addresses[i], target.port());
                socket.connect(address, (int) Math.max(1, share));
                StreamTransport.Pipe pipe =
                        new StreamTransport.Pipe(
                                socket.getInputStream(), socket.getOutputStream(), address, socket);
                connected = true;
                return pipe;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException().initCause(e);
                }
                last = e;
            } finally {
                if (!connected) {
                    Closing.quietly(socket);
                }
            }
        }
        throw new LinkException(
                new Offline("no connection to " + target.text() + ": " + Texts.cause(last)), last);
    }

    /// The JDK's look-up has no time limit of its own.
    private static InetAddress[] lookUp(SshTarget target, Deadline deadline)
            throws LinkException, InterruptedException {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        found.complete(InetAddress.getAllByName(target.name()));
                    } catch (UnknownHostException e) {
                        found.completeExceptionally(e);
                    }
                });
        try {
            return found.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LinkException(
                    new Offline(
                            "the name "
                                    + target.name()
                                    + " of host "
                                    + target.host()
                                    + " is not known to DNS here"),
                    e);
        }
    }

    private static StreamTransport.Pipe tunnel(
            SshTarget target, SshConnection jump, Deadline deadline)
            throws LinkException, InterruptedException {
        ChannelDirectTcpip channel = jump.tunnel(target.name(), target.port(), deadline);
        return new StreamTransport.Pipe(
                channel.getInvertedOut(),
                channel.getInvertedIn(),
                InetSocketAddress.createUnresolved(target.name(), target.port()),
                () -> channel.close(false));
    }

    private StreamTransport.Pipe program(Attempt attempt, String command) throws LinkException {
        SshTarget target = attempt.target;
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "exec " + command);
        builder.environment().clear();
        builder.environment().putAll(env);
        try {
            Process process = builder.start();
            Thread listener =
                    Thread.ofVirtual()
                            .name("proxy-command-" + target.host())
                            .start(() -> listen(process.getErrorStream(), attempt));
            return new StreamTransport.Pipe(
                    new LastWords(process.getInputStream(), listener),
                    process.getOutputStream(),
                    InetSocketAddress.createUnresolved(target.name(), target.port()),
                    () -> end(process));
        } catch (IOException e) {
            throw new LinkException(
                    new Misconfigured(
                            "the ProxyCommand of "
                                    + target.host()
                                    + " can't be run: "
                                    + Texts.cause(e)),
                    e);
        }
    }

    /// What the program complains about is what a person needs to know.
    private static void listen(InputStream err, Attempt attempt) {
        try (err) {
            byte[] said = err.readNBytes(MOST_SAID);
            String text = new String(said, StandardCharsets.UTF_8).strip();
            if (!text.isEmpty()) {
                attempt.preamble.add("ProxyCommand: " + text);
            }
            err.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException _) {
            // It ended.
            return;
        }
    }

    /// Ends only when what the program had to say has been heard: it is the reason.
    private static final class LastWords extends FilterInputStream {
        private final Thread listener;

        LastWords(InputStream in, Thread listener) {
            super(in);
            this.listener = listener;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            if (n < 0) {
                try {
                    // What it started may hold its standard error open: no longer than this.
                    listener.join(Duration.ofMillis(500));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            return n;
        }
    }

    private static void end(Process process) throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.getOutputStream().close();
    }
}
