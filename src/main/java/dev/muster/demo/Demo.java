package dev.muster.demo;

import dev.muster.shell.PosixQuote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// One demo: its hosts, its service, and the way back.
///
/// ```java
/// try (Demo demo = Demo.in(tmp, System.getenv(), new DemoAgent.BuiltIn())) {
///     demo.setUp(true);
///     DemoService service = demo.serve(List.of("muster", "serve"), 0);
/// }
/// ```
///
/// {@link #close} ends and removes all of it, whatever state it is in, and may be called from a
/// shutdown hook while another thread is still setting up.
public final class Demo implements AutoCloseable {
    private final DemoFolder folder;
    private final DemoEnvironment env;
    private final DemoAgent agent;
    private final Undo undo;

    private Demo(DemoFolder folder, DemoEnvironment env, DemoAgent agent) {
        this.folder = folder;
        this.env = env;
        this.agent = agent;
        this.undo = new Undo(folder);
    }

    /// Makes the folder, and nothing else yet.
    ///
    /// @param parent where the folder is made
    /// @param user the environment that the demo was started in
    public static Demo in(Path parent, Map<String, String> user, DemoAgent agent)
            throws IOException {
        DemoFolder folder = DemoFolder.in(parent);
        return new Demo(folder, new DemoEnvironment(Map.copyOf(user), folder), agent);
    }

    public DemoFolder folder() {
        return folder;
    }

    public DemoEnvironment environment() {
        return env;
    }

    public DemoAgent agent() {
        return agent;
    }

    /// Leaves the folder behind when the demo ends; what runs is ended all the same.
    public void keepFolder() {
        undo.keepFolder();
    }

    /// Makes the three hosts and `hosts.yaml`.
    ///
    /// @param openSsh use OpenSSH's server where it is installed and lets us in
    /// @return the hosts, with the way to each
    /// @throws IOException when git is missing, a port is not to be had, and the like
    public List<DemoHost> setUp(boolean openSsh) throws IOException, InterruptedException {
        checkPrograms();
        undo.add(() -> Leftovers.end(folder));
        DemoServers servers = new DemoServers(env, openSsh);
        List<DemoHost> hosts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DemoHost>> making =
                    DemoHost.CAST.stream()
                            .map(host -> threads.submit(() -> make(host, servers)))
                            .toList();
            for (Future<DemoHost> host : making) {
                hosts.add(result(host));
            }
        }
        Files.writeString(folder.hostsFile(), new HostsYaml(folder, agent, hosts).text());
        return List.copyOf(hosts);
    }

    private void checkPrograms() throws IOException {
        Map<String, String> there = env.control();
        List<String> missing =
                Stream.of("git", "tmux").filter(name -> !isOnPath(name, there)).toList();
        if (!missing.isEmpty()) {
            throw new IOException(
                    "Not found on your PATH: "
                            + String.join(", ", missing)
                            + ". A host needs git and tmux 3.2a or newer, and the demo's hosts are"
                            + " this machine; install what is missing.");
        }
    }

    private static boolean isOnPath(String program, Map<String, String> env) {
        return Arrays.stream(env.getOrDefault("PATH", "").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    private DemoHost make(DemoHost host, DemoServers servers)
            throws IOException, InterruptedException {
        HostHome home = new HostHome(folder.home(host.name()), env.host(host.name()));
        home.make(host.path());
        switch (agent) {
            case DemoAgent.BuiltIn _ -> {}
            case DemoAgent.Claude claude -> home.install("claude", claude.script());
        }
        DemoHost made = host;
        if (host.remote()) {
            DemoServer server = servers.start(host.name());
            undo.add(server::close);
            made = host.at(server);
        }
        undo.add(() -> Leftovers.endTmux(folder.home(host.name()), env.host(host.name())));
        return made;
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("A demo host could not be made: " + e.getCause(), e);
        }
    }

    /// Starts the service; whether it answers is another question ({@link DemoService#await}).
    ///
    /// @param command what runs a service, without a shell
    /// @param port 0 for any that is free
    public DemoService serve(List<String> command, int port)
            throws IOException, InterruptedException {
        DemoService service = DemoService.start(command, port, env);
        undo.add(service::close);
        return service;
    }

    /// Writes the file that a shell reads to talk to the demo's service: nothing else in the user's
    /// environment changes.
    ///
    /// @param programs the folder of the `muster` command, where it may be missing from the PATH
    public void writeEnv(DemoService service, Optional<Path> programs) throws IOException {
        String token = Files.readString(env.folders().token()).strip();
        StringBuilder text = new StringBuilder("# . this file: `muster` then talks to the demo.\n");
        line(text, "MUSTER_SERVER", service.address().toString());
        line(text, "MUSTER_TOKEN", token);
        line(text, "MUSTER_HOSTS", folder.hostsFile().toString());
        programs.ifPresent(
                dir ->
                        text.append("export PATH=")
                                .append(PosixQuote.word(dir.toString()))
                                .append(":\"$PATH\"\n"));
        DemoFolder.write(folder.env(), text.toString(), "rw-------");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("export ").append(name).append('=').append(PosixQuote.word(value)).append('\n');
    }

    /// Ends the service, the sessions, the servers and whatever else runs of this demo, and deletes
    /// the folder. Called again, it waits until that is done.
    ///
    /// @throws IOException naming what could not be removed
    @Override
    public void close() throws IOException, InterruptedException {
        undo.run();
    }
}
