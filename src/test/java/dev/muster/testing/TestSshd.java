package dev.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.shell.PosixQuote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real OpenSSH server on a free loopback port, for one test host.
///
/// It has a folder of its own, keys of three types, one client key that it accepts, and gives
/// every session the HOME and the login shell that the test chose, whoever runs the tests (root or
/// a plain user) and whatever the password file says. Terminals against it need root: elsewhere
/// OpenSSH can't hand the terminal over. Closing it ends all that runs in that HOME too; it is
/// ended with the JVM at the latest.
///
/// ```java
/// try (TestSshd sshd = TestSshd.in(dir).shell(LoginShell.FISH).option("MaxSessions 2").start();
///         TestClient client = TestClient.in(dir)) {
///     Link link = client.connect(sshd.host("dev-1"));
/// }
/// ```
public final class TestSshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    /// The IPv4 sockets of this machine (Linux only, see proc(5)).
    private static final Path SOCKETS = Path.of("/proc/net/tcp");

    private static final List<String> KEY_TYPES = List.of("rsa", "ecdsa", "ed25519");

    private final Path dir;
    private final TestHome home;
    private final int port;
    private final String login;
    private final Thread hook = new Thread(this::kill);
    private @Nullable Process process;

    /// How a server is put together.
    public static final class Builder {
        private final Path dir;
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private LoginShell shell = LoginShell.SH;
        private Optional<TestHome> home = Optional.empty();
        private Optional<TestSshd> keys = Optional.empty();
        private Optional<TestUser> user = Optional.empty();

        private Builder(Path dir) {
            this.dir = dir;
        }

        public Builder shell(LoginShell chosen) {
            chosen.assumeInstalled();
            shell = chosen;
            return this;
        }

        /// `sshd/home` below the test's folder, when not chosen.
        public Builder home(TestHome chosen) {
            home = Optional.of(chosen);
            return this;
        }

        /// Takes the keys of another server instead of making its own: for many servers at once.
        public Builder keysOf(TestSshd other) {
            keys = Optional.of(other);
            return this;
        }

        /// Signs in as a plain account, to which the home is given; else as who runs the tests.
        public Builder user(TestUser chosen) {
            user = Optional.of(chosen);
            return this;
        }

        /// A line for sshd_config, ahead of the server's own: `MaxSessions 2`.
        public Builder option(String line) {
            options.add(line);
            return this;
        }

        /// For every session: `PATH`, …
        public Builder env(String name, String value) {
            env.put(name, value);
            return this;
        }

        /// Starts it, and waits until it takes connections.
        public TestSshd start() throws IOException, InterruptedException {
            assumeInstalled();
            Path folder = Files.createTempDirectory(Files.createDirectories(dir), "sshd");
            TestHome chosen = home.isPresent() ? home.get() : TestHome.in(folder, "home");
            String login = user.map(TestUser::name).orElse(System.getProperty("user.name"));
            TestSshd sshd = new TestSshd(folder, chosen, OwnPort.take(), login);
            if (keys.isPresent()) {
                sshd.copyKeys(keys.get());
            } else {
                sshd.makeKeys();
                keygen(folder.resolve("client_key"), "ed25519", "");
            }
            Files.copy(folder.resolve("client_key.pub"), folder.resolve("authorized_keys"));
            sshd.writeConfig(this);
            if (user.isPresent()) {
                user.get().own(folder.resolve("empty"));
                user.get().own(chosen.path());
            }
            sshd.launch();
            Runtime.getRuntime().addShutdownHook(sshd.hook);
            return sshd;
        }
    }

    /// @param dir a folder of the test's own
    public static Builder in(Path dir) {
        return new Builder(dir);
    }

    /// Skips the test, saying why, where there is no OpenSSH server.
    public static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "no OpenSSH server at " + PROGRAM + ": install openssh-server to run this test");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
                "no ssh-keygen: install openssh-client to run this test");
    }

    /// Skips the test where an OpenSSH server can't give terminals.
    public static void assumeTerminals() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "an OpenSSH server that does not run as root can't hand terminals over");
    }

    private TestSshd(Path dir, TestHome home, int port, String login) {
        this.dir = dir;
        this.home = home;
        this.port = port;
        this.login = login;
    }

    private void writeConfig(Builder builder) throws IOException {
        // OpenSSH starts the user's real shell first: with an empty HOME it finds no rc file, and
        // only `session` then sets the chosen HOME and starts the chosen shell.
        Path empty = Files.createDirectories(dir.resolve("empty"));
        Path session = dir.resolve("session");
        StringBuilder text =
                new StringBuilder(
                        "#!/bin/sh\nunset TMUX TMUX_PANE XDG_STATE_HOME XDG_CONFIG_HOME\n");
        Map<String, String> env = new LinkedHashMap<>(builder.env);
        env.put("HOME", home.path().toString());
        env.put("SHELL", builder.shell.program());
        // bash reads .bashrc only as the first shell of a login.
        env.put("SHLVL", "0");
        env.forEach(
                (name, value) ->
                        text.append(name)
                                .append('=')
                                .append(PosixQuote.word(value))
                                .append("; export ")
                                .append(name)
                                .append('\n'));
        text.append("cd \"$HOME\" || exit 1\n")
                .append("[ -n \"$SSH_ORIGINAL_COMMAND\" ] || exec \"$SHELL\" -l\n")
                .append("command=$SSH_ORIGINAL_COMMAND; unset SSH_ORIGINAL_COMMAND\n")
                .append("exec \"$SHELL\" -c \"$command\"\n");
        Files.writeString(session, text);
        Files.setPosixFilePermissions(session, PosixFilePermissions.fromString("rwxr-xr-x"));

        List<String> lines = new ArrayList<>(builder.options);
        lines.add("AddressFamily inet");
        lines.add("ListenAddress 127.0.0.1");
        lines.add("Port " + port);
        KEY_TYPES.forEach(type -> lines.add("HostKey \"" + hostKey(type) + "\""));
        lines.add("AuthorizedKeysFile \"" + dir.resolve("authorized_keys") + "\"");
        lines.add("SetEnv \"HOME=" + empty + "\"");
        lines.add("ForceCommand \"" + session + "\"");
        lines.add("PidFile none");
        lines.add("StrictModes no");
        lines.add("UsePAM no");
        lines.add("UseDNS no");
        lines.add("PermitRootLogin yes");
        lines.add("PasswordAuthentication no");
        lines.add("KbdInteractiveAuthentication no");
        lines.add("PrintMotd no");
        lines.add("PrintLastLog no");
        lines.add("AcceptEnv LANG LC_*");
        lines.add("LogLevel VERBOSE");
        Files.write(dir.resolve("sshd_config"), lines);
    }

    private void launch() throws IOException {
        if ("root".equals(System.getProperty("user.name"))) {
            // Where no system sshd ever ran, the folder that OpenSSH wants as root is missing.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process started =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-D",
                                "-f",
                                dir.resolve("sshd_config").toString(),
                                "-E",
                                dir.resolve("log").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("out").toFile())
                        .start();
        process = started;
        Awaitility.await("sshd takes connections: " + dir)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> listens() || !started.isAlive());
        if (!started.isAlive()) {
            throw new IOException(
                    "sshd ended: " + Files.readString(dir.resolve("out")) + "\n" + log());
        }
    }

    private Process server() {
        return Objects.requireNonNull(process, "not started");
    }

    /// Without a connection where that can be told: the server would have a child for it, which a
    /// test might count that asks for {@link #connections} soon.
    private boolean listens() throws IOException {
        if (Files.exists(SOCKETS)) {
            String address = "0100007F:%04X".formatted(port);
            return Files.readAllLines(SOCKETS).stream()
                    .map(line -> line.strip().split(" +"))
                    .anyMatch(fields -> fields[1].equals(address) && fields[3].equals("0A"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Path hostKey(String type) {
        return dir.resolve("host_" + type);
    }

    private void makeKeys() throws IOException, InterruptedException {
        for (String type : KEY_TYPES) {
            Files.deleteIfExists(hostKey(type));
            Files.deleteIfExists(dir.resolve("host_" + type + ".pub"));
            keygen(hostKey(type), type, "");
        }
    }

    private void copyKeys(TestSshd other) throws IOException {
        for (String key : List.of("host_rsa", "host_ecdsa", "host_ed25519", "client_key")) {
            // With its mode: OpenSSH refuses a private key that others can read.
            Files.copy(
                    other.dir.resolve(key), dir.resolve(key), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(other.dir.resolve(key + ".pub"), dir.resolve(key + ".pub"));
        }
    }

    /// Makes a key pair with ssh-keygen: `file` and `file.pub`.
    ///
    /// @param passphrase empty for none
    public static void keygen(Path file, String type, String passphrase)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test"));
        command.addAll(List.of("-f", file.toString()));
        if (type.equals("rsa")) {
            command.addAll(List.of("-b", "2048"));
        }
        Process keygen = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keygen.getInputStream().readAllBytes());
        if (keygen.waitFor() != 0) {
            throw new IOException("ssh-keygen: " + said);
        }
    }

    public int port() {
        return port;
    }

    /// Whom it lets in.
    public String login() {
        return login;
    }

    public TestHome home() {
        return home;
    }

    /// The private key that it accepts.
    public Path clientKey() {
        return dir.resolve("client_key");
    }

    /// Accepts another key too.
    public void authorize(Path publicKey) throws IOException {
        Files.writeString(
                dir.resolve("authorized_keys"),
                Files.readString(publicKey),
                java.nio.file.StandardOpenOption.APPEND);
    }

    /// Accepts no key any more, and ends every connection that one has opened.
    public void refuseKeys() throws IOException {
        Files.writeString(dir.resolve("authorized_keys"), "");
        dropConnections();
    }

    /// Its known_hosts lines.
    ///
    /// @param types `rsa`, `ecdsa`, `ed25519`; none: all three
    public List<String> knownHostsLines(String... types) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String type : types.length == 0 ? KEY_TYPES : List.of(types)) {
            String[] key = Files.readString(dir.resolve("host_" + type + ".pub")).split(" ");
            lines.add("[127.0.0.1]:" + port + " " + key[0] + " " + key[1]);
        }
        return lines;
    }

    /// The private host key of a type, to sign certificates with and the like.
    public Path hostKeyFile(String type) {
        return hostKey(type);
    }

    /// How to reach it, all its keys known.
    public Reach.Ssh reach() throws IOException {
        Path known = dir.resolve("known_hosts");
        Files.write(known, knownHostsLines());
        return reach(Optional.of(known));
    }

    /// How to reach it by way of another port, all its keys known there.
    public Reach.Ssh reach(int by) throws IOException {
        Path known = dir.resolve("known_hosts_" + by);
        Files.write(
                known,
                knownHostsLines().stream()
                        .map(line -> line.replace(":" + port, ":" + by))
                        .toList());
        return reach(by, Optional.of(known));
    }

    /// How to reach it, with a known_hosts file of the test's.
    public Reach.Ssh reach(Optional<Path> knownHosts) {
        return reach(port, knownHosts);
    }

    private Reach.Ssh reach(int by, Optional<Path> knownHosts) {
        return new Reach.Ssh(
                "127.0.0.1",
                Optional.of(login),
                OptionalInt.of(by),
                Optional.empty(),
                Optional.of(clientKey()),
                knownHosts);
    }

    /// The beginning of its entry in a `hosts.yaml`, as it is below `hosts:`, with the key that it
    /// accepts and its own keys known.
    public String entry(String name) throws IOException {
        return entry(name, clientKey(), reach().knownHosts().orElseThrow());
    }

    /// The same with other files.
    ///
    /// @param identity the private key to sign in with
    /// @param knownHosts where its keys are known, or not
    public String entry(String name, Path identity, Path knownHosts) {
        return """
          %s:
            ssh: %s@127.0.0.1:%d
            identity: "%s"
            knownHosts: "%s"
        """
                .formatted(name, login, port, identity, knownHosts);
    }

    /// A host of that name that reaches it, without repos.
    public Host host(String name) throws IOException {
        return host(name, reach());
    }

    /// A host of that name without repos.
    public static Host host(String name, Reach reach) {
        return new Host(
                name, reach, Map.of(), false, "claude", Map.of(), Map.of(), new LinkedHashMap<>());
    }

    /// Freezes the server and all that runs on its connections (SIGSTOP): a hanging host.
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        tree().forEach(handle -> command.add("" + handle.pid()));
        new ProcessBuilder(command).start().waitFor();
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(server().toHandle()), server().descendants());
    }

    /// Ends every connection's server process, as when the network resets; the server stays.
    public void dropConnections() {
        server().children().forEach(ProcessHandle::destroyForcibly);
    }

    /// How many connections it serves.
    public long connections() {
        return server().children().count();
    }

    /// Ends the server and its connections. Its port is kept for {@link #restart}.
    public void stop() throws InterruptedException {
        freeze();
        kill();
        server().waitFor();
        // A child that had only just begun may have held its door open somewhat longer.
        Awaitility.await("nobody listens at " + port)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !listens());
    }

    /// While its children are looked for, it is not to have one more, whose connection would live.
    private void freeze() throws InterruptedException {
        if (!server().isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-s", "STOP", "" + server().pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        tree().toList().forEach(ProcessHandle::destroyForcibly);
    }

    /// Starts again on the same port, with the same keys.
    public void restart() throws IOException, InterruptedException {
        stop();
        launch();
    }

    /// Starts again on the same port with keys that nobody has seen, as a machine made anew.
    public void restartWithNewKeys() throws IOException, InterruptedException {
        stop();
        makeKeys();
        launch();
    }

    /// What it logged, for a failing test's message.
    public String log() throws IOException {
        Path log = dir.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// How many commands it was asked to run, since it was made.
    public long commands() throws IOException {
        return log().lines().filter(line -> line.contains("Starting session")).count();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        Leftovers.end(home.path());
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is ending: the hook does the same.
            return;
        }
    }
}
