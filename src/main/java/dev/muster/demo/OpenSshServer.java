package dev.muster.demo;

import dev.muster.shell.PosixQuote;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real OpenSSH server, as root or as a plain user, that gives every session the demo's HOME and
/// shell.
final class OpenSshServer implements DemoServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(3);

    /// Debian's sshd wants it when it runs as root; its service makes it, which may never have run.
    /// It is left there: another server that has begun meanwhile lets nobody in without it.
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final OwnProcess process;
    private final int port;

    private OpenSshServer(OwnProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// OpenSSH's server, where it is installed. It lies in folders that are on root's PATH only.
    static Optional<Path> installed(Map<String, String> env) {
        String path = env.getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"),
                        Arrays.stream(path.split(":")).filter(dir -> dir.startsWith("/")))
                .map(dir -> Path.of(dir, "sshd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts it, and waits until it takes connections.
    ///
    /// @param dir holds the keys already
    /// @param env what its sessions find in their environment
    static OpenSshServer start(Path sshd, Path dir, Map<String, String> env)
            throws IOException, InterruptedException {
        int port = DemoServer.freePort();
        DemoFolder.write(dir.resolve("session"), session(env), "rwx------");
        Files.write(dir.resolve("sshd_config"), config(dir, port));
        makeRunFolder();
        List<String> command =
                List.of(sshd.toString(), "-D", "-e", "-f", dir.resolve("sshd_config").toString());
        OwnProcess process = OwnProcess.start(command, env, dir, dir.resolve("log"));
        OpenSshServer server = new OpenSshServer(process, port);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.listens()) {
            if (process.ended(Duration.ofMillis(20)) || System.nanoTime() > deadline) {
                server.close();
                throw new IOException(sshd + " did not start: " + process.tail());
            }
        }
        return server;
    }

    /// OpenSSH starts the user's real shell first: with an empty HOME it finds no rc file, and only
    /// this then sets the demo's HOME and starts the demo's shell.
    private static String session(Map<String, String> env) {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        env.forEach(
                (name, value) ->
                        text.append("export ")
                                .append(name)
                                .append('=')
                                .append(PosixQuote.word(value))
                                .append('\n'));
        return text.append("unset ENV BASH_ENV ZDOTDIR XDG_STATE_HOME TMUX TMUX_PANE\n")
                .append("cd \"$HOME\" || exit 1\n")
                .append("[ -n \"$SSH_ORIGINAL_COMMAND\" ] || exec \"$SHELL\" -l\n")
                .append("command=$SSH_ORIGINAL_COMMAND; unset SSH_ORIGINAL_COMMAND\n")
                .append("exec \"$SHELL\" -c \"$command\"\n")
                .toString();
    }

    private static List<String> config(Path dir, int port) throws IOException {
        Path empty = Files.createDirectories(dir.resolve("empty"));
        List<String> lines = new ArrayList<>();
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            lines.add("HostKey \"" + dir.resolve("host_" + type) + "\"");
        }
        lines.addAll(
                List.of(
                        "AddressFamily inet",
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "AuthorizedKeysFile \"" + dir.resolve("authorized_keys") + "\"",
                        "SetEnv \"HOME=" + empty + "\"",
                        "ForceCommand \"" + dir.resolve("session") + "\"",
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "UseDNS no",
                        "PermitRootLogin yes",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PrintMotd no",
                        "PrintLastLog no",
                        "AcceptEnv LANG LC_*"));
        return lines;
    }

    private static void makeRunFolder() throws IOException {
        if ("root".equals(System.getProperty("user.name")) && Files.isDirectory(Path.of("/run"))) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return process.isAlive();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return System.getProperty("user.name");
    }

    @Override
    public String kind() {
        return "OpenSSH";
    }

    @Override
    public void close() throws InterruptedException {
        process.stop(GRACE);
    }
}
