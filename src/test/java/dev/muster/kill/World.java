package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.TestTmux;
import dev.muster.testing.Leftovers;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Two real hosts, one of them reached over OpenSSH, with homes of their own and an agent that
/// leaves a line in a ledger for each time that it runs.
final class World implements AutoCloseable {
    /// What the agent does, by its prompt.
    private static final String AGENT =
            """
            #!/bin/sh
            printf '%%s\\n' "$MUSTER_SESSION" >>'%s'
            case $1 in
            long) exec sleep 1000 ;;
            talk) for i in 1 2 3 4 5; do "$MUSTER_EVENT" working "step $i"; done ;;
            dirty) echo work >new.txt ;;
            wait*)
              while [ ! -e "${1#wait }" ]; do sleep 0.1; done
              for i in 1 2 3 4 5; do "$MUSTER_EVENT" working "step $i"; done
              ;;
            esac
            exit 0
            """;

    private final Path folder;
    private final TestSshd sshd;
    private final Map<String, Path> homes = new LinkedHashMap<>();

    World(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.sshd = TestSshd.in(folder.resolve("sshd")).start();
        homes.put("here", Files.createDirectories(folder.resolve("here")));
        homes.put("there", sshd.home().path());
        for (Path home : homes.values()) {
            Path repo = Files.createDirectories(home.resolve("api"));
            git(repo, "init", "-q", "-b", "main");
            Files.writeString(repo.resolve("README"), "hello\n");
            git(repo, "add", ".");
            git(repo, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "first");
        }
        Files.writeString(agent(), AGENT.formatted(ledger()));
        Files.setPosixFilePermissions(agent(), PosixFilePermissions.fromString("rwx------"));
    }

    private Path agent() {
        return folder.resolve("agent");
    }

    private Path ledger() {
        return folder.resolve("ledger");
    }

    TestSshd sshd() {
        return sshd;
    }

    /// Homes by the names of the hosts.
    Map<String, Path> homes() {
        return homes;
    }

    String hostsFile() throws IOException {
        var reach = sshd.reach();
        return """
        defaults: { agent: sh }
        agents:
          sh: { type: command, command: %s }
        hosts:
          here:
            local: true
            home: %s
            repos: { api: { path: ~/api, base: main } }
          there:
            ssh: %s@127.0.0.1:%d
            identity: %s
            knownHosts: %s
            repos: { api: { path: ~/api, base: main } }
        """
                .formatted(
                        agent(),
                        homes.get("here"),
                        System.getProperty("user.name"),
                        sshd.port(),
                        sshd.clientKey(),
                        reach.knownHosts().orElseThrow());
    }

    /// The ids of all runs that ever reached the agent, once for each time.
    List<String> runs() throws IOException {
        return Files.exists(ledger()) ? Files.readAllLines(ledger()) : List.of();
    }

    /// Muster's state folder on a host.
    Path state(String host) throws IOException {
        Path muster = homes.get(host).resolve(".local/state/muster");
        try (Stream<Path> machines = Files.list(muster)) {
            return machines.findFirst().orElseThrow();
        }
    }

    /// Names below a folder of the state folder, hidden ones too.
    List<String> names(String host, String sub) throws IOException {
        try (Stream<Path> files = Files.list(state(host).resolve(sub))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// The sessions of a host's tmux server whose pane lives or not, but for the service's own.
    Map<String, Boolean> panes(String host) throws IOException, InterruptedException {
        Map<String, Boolean> panes = new LinkedHashMap<>();
        String format = "#{session_name} #{pane_dead}";
        String said = run(state(host), "tmux", "-S", "tmux.sock", "list-panes", "-a", "-F", format);
        said.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2 && words[0].length() == 26)
                .forEach(
                        words ->
                                assertThat(panes.put(words[0], words[1].equals("0")))
                                        .as("a second pane of %s", words[0])
                                        .isNull());
        return panes;
    }

    /// The worktrees that git knows of on a host, but for the repo itself.
    List<String> worktrees(String host) throws IOException, InterruptedException {
        Path repo = homes.get(host).resolve("api");
        return run(repo, "git", "worktree", "list", "--porcelain")
                .lines()
                .filter(line -> line.startsWith("worktree ") && !line.endsWith(repo.toString()))
                .map(line -> line.substring("worktree ".length()))
                .sorted()
                .toList();
    }

    private static void git(Path repo, String... args) throws IOException, InterruptedException {
        run(repo, Stream.concat(Stream.of("git"), Stream.of(args)).toArray(String[]::new));
    }

    private static String run(Path dir, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        TestTmux.killAll(folder);
        Leftovers.end(homes.get("here"));
        sshd.close();
    }
}
