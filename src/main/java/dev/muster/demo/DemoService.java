package dev.muster.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The demo's control service, a process of its own.
public final class DemoService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(30);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final OwnProcess process;
    private final int port;

    private DemoService(OwnProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param command what runs a service, without a shell
    /// @param port 0 for any that is free
    static DemoService start(List<String> command, int port, DemoEnvironment env)
            throws IOException {
        int chosen = port == 0 ? DemoServer.freePort() : port;
        checkFree(chosen);
        DemoFolder folder = env.folder();
        Files.createDirectories(folder.control());
        DemoFolder.write(folder.serviceLog(), "", "rw-------");
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--port", Integer.toString(chosen)));
        return new DemoService(
                OwnProcess.start(line, env.control(), folder.control(), folder.serviceLog()),
                chosen);
    }

    /// Looked at first: whoever else listens there might answer for the service, or never.
    private static void checkFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        } catch (BindException e) {
            throw new IOException(
                    "Port "
                            + port
                            + " at 127.0.0.1 can't be had ("
                            + e.getMessage()
                            + "); without"
                            + " --port the demo finds one that is free.",
                    e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Waits until it answers.
    ///
    /// @param answers whether it does
    /// @throws IOException when it ended or was silent for a minute, with the end of its log
    public void await(BooleanSupplier answers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers.getAsBoolean()) {
            if (process.ended(POLL)) {
                throw new IOException(
                        "The service ended with status " + process.status() + " as it started.");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "The service did not answer within " + PATIENCE.toSeconds() + " s.");
            }
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The end of its log, for a person.
    public String logTail() {
        return process.tail();
    }

    @Override
    public void close() throws InterruptedException {
        process.stop(GRACE);
    }
}
