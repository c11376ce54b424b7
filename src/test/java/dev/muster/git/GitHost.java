package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.shell.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A host's file system in a temporary folder: a private HOME, a repo `src/web` with a commit, and
/// shells to run the scripts with. Only git and the shells are real.
final class GitHost {
    /// Makes a program the leader of a group of its own, where it is installed.
    private static final List<String> APART =
            Stream.of("/usr/bin/setsid", "/bin/setsid")
                    .filter(each -> Files.isExecutable(Path.of(each)))
                    .limit(1)
                    .toList();

    final Path home;
    final Path repo;
    private final Map<Long, Path> errors = new ConcurrentHashMap<>();
    private List<String> shell = List.of("sh");

    /// @param exit exit status, or 128 + signal number
    record Ran(int exit, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    GitHost(Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        repo = Files.createDirectories(folder.resolve("src/web"));
        Files.writeString(
                home.resolve(".gitconfig"),
                "[user]\n\tname = Test\n\temail = test@example.com\n"
                        + "[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n"
                        + "[safe]\n\tdirectory = *\n");
        git("init", "-q");
        write(repo.resolve("a.txt"), "one\ntwo\nthree\n");
        write(repo.resolve(".gitignore"), "*.log\n.env*\nnode_modules/\nbuild/\n");
        git("add", "-A");
        git("commit", "-q", "-m", "first");
    }

    void shell(String... command) {
        shell = List.of(command);
    }

    String git(String... args) {
        return gitIn(repo, args);
    }

    /// The output of git without the newline at its end; fails the test when git fails.
    String gitIn(Path folder, String... args) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(Arrays.asList(args));
        Ran ran = exec(command);
        assertThat(ran.exit()).as("%s: %s", command, ran.err()).isZero();
        return ran.out().stripTrailing();
    }

    Ran run(Script script) {
        return finish(start(script));
    }

    /// Starts it so that {@link #crash} ends all of it.
    Process start(Script script) {
        try {
            Path file = Files.createTempFile(home, script.name(), ".sh");
            Files.writeString(file, script.text());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            var command = new ArrayList<>(APART);
            command.addAll(shell);
            command.add(file.toString());
            command.addAll(script.args());
            return start(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends a script and all that it has started at once, as a machine's crash would: one after the
    /// other, a shell would start its next program meanwhile, and that would live on.
    void crash(Process process) {
        if (APART.isEmpty()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
            return;
        }
        List<String> killAll = List.of("kill", "-s", "KILL", "--", "-" + process.pid());
        exec(killAll);
        process.toHandle().destroyForcibly();
        // It may have become the leader of its group only now.
        exec(killAll);
    }

    Ran exec(List<String> command) {
        try {
            return finish(start(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.redirectError(Files.createTempFile(home, "stderr", "").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        errors.put(process.pid(), builder.redirectError().file().toPath());
        return process;
    }

    Ran finish(Process process) {
        try {
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after three minutes");
            }
            Path err = errors.remove(process.pid());
            return new Ran(process.exitValue(), out, err == null ? "" : Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static void write(Path file, String text) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }

    /// A session's folder under the state folder.
    Path session(String id) throws IOException {
        return Files.createDirectories(home.resolve("state/sessions").resolve(id));
    }

    Script add(String id, Path worktree, String branch, String base, String... more)
            throws IOException {
        return add(id, repo, worktree, branch, base, more);
    }

    /// What a launch script does with a worktree, and no more.
    Script add(String id, Path from, Path worktree, String branch, String base, String... more)
            throws IOException {
        var args =
                new ArrayList<>(
                        List.of(
                                id,
                                session(id).toString(),
                                from.toString(),
                                worktree.toString(),
                                branch,
                                base));
        String take = more.length > 0 ? more[0] : "";
        String patterns = more.length > 1 ? more[1] : "";
        args.add(take);
        args.add(patterns);
        String call =
                """
                M_ID=$1 M_DIR=$2
                m_worktree_add "$3" "$4" "$5" "$6" "$7" || exit
                m_copy_included "$m_top" "$4" "$8"
                """;
        return new Script("add", WorktreeAdd.functions() + call, args, new byte[0]);
    }

    WorktreeAnswer added(String id, Path worktree, String branch, String base, String... more)
            throws IOException {
        Ran ran = run(add(id, worktree, branch, base, more));
        assertThat(ran.out()).as(ran.err()).startsWith("worktree ");
        return WorktreeAnswer.parse(ran.out().lines());
    }
}
