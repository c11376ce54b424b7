package dev.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An ssh-agent of a test's own.
public final class TestAgent implements AutoCloseable {
    private final Process process;
    private final Path socket;

    private TestAgent(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /// @param dir a short path: a socket's is limited to about 100 bytes
    public static TestAgent in(Path dir) throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh-agent")),
                "no ssh-agent: install openssh-client to run this test");
        Path socket = dir.resolve("agent.sock");
        Process process =
                new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        UnixSocket.awaitListener(socket);
        return new TestAgent(process, socket);
    }

    public Path socket() {
        return socket;
    }

    /// Gives it a private key that has no passphrase.
    public void add(Path key) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("ssh-add", "-q", key.toString()).redirectErrorStream(true);
        builder.environment().put("SSH_AUTH_SOCK", socket.toString());
        Process add = builder.start();
        String said = new String(add.getInputStream().readAllBytes());
        if (add.waitFor() != 0) {
            throw new IOException("ssh-add: " + said);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
