package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.git.WorktreeAnswer.Made;
import dev.muster.git.WorktreeAnswer.Reason;
import dev.muster.git.WorktreeAnswer.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorktreeAddIT {
    private static final String ID = "01JD0000000000000000000001";
    private static final String OTHER = "01JD0000000000000000000002";

    @TempDir Path folder;
    private GitHost host;
    private Path tree;

    @BeforeEach
    void makeHost() throws IOException {
        host = new GitHost(folder);
        tree = folder.resolve("src/web.worktrees/one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void makesItUnderEveryShell(String shell) throws IOException {
        List<String> command = List.of(shell.split(" "));
        assumeThat(host.exec(List.of("sh", "-c", "command -v " + command.get(0))).exit())
                .as("%s is installed", shell)
                .isZero();
        host.shell(command.toArray(new String[0]));
        GitHost.write(host.repo.resolve(".worktreeinclude"), ".env\n");
        GitHost.write(host.repo.resolve(".env"), "SECRET=1\n");
        assertThat(host.added(ID, tree, "muster/one", ""))
                .isEqualTo(new Made(host.git("rev-parse", "HEAD"), true, false));
        assertThat(tree.resolve("a.txt")).hasContent("one\ntwo\nthree\n");
        assertThat(tree.resolve(".env")).hasContent("SECRET=1\n");
        assertThat(host.gitIn(tree, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/muster/one");
        assertThat(host.repo.resolve(".git/muster-lock")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "$(touch hacked)", "qu'ote\"s", "new\nline", "ünï", "-dash"})
    void makesItInFoldersOfAnyName(String name) throws IOException {
        Path odd = folder.resolve(name);
        host = new GitHost(odd);
        Path worktree = odd.resolve("w " + name);
        assertThat(host.added(ID, worktree, "x", "main")).isInstanceOf(Made.class);
        assertThat(host.added(ID, worktree, "x", "main"))
                .isEqualTo(new Made(host.git("rev-parse", "HEAD"), true, true));
        assertThat(worktree.resolve("a.txt")).exists();
    }

    @Test
    void answersARepeatedRequestWithTheSameWorktree() throws IOException {
        host.added(ID, tree, "muster/one", "main");
        GitHost.write(tree.resolve("work.txt"), "work");
        String commit = host.git("rev-parse", "HEAD");
        assertThat(host.added(ID, tree, "muster/one", "main"))
                .isEqualTo(new Made(commit, true, true));
        assertThat(tree.resolve("work.txt")).hasContent("work");
    }

    @Test
    void leavesTheWorktreeOfAnotherSessionAlone() throws IOException {
        host.added(ID, tree, "muster/one", "");
        assertThat(host.added(OTHER, tree, "muster/two", ""))
                .isEqualTo(new Refused(Reason.PATH_TAKEN, "exists"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature", "origin/remote", "v1", "remote"})
    void startsFromBranchRemoteBranchAndTag(String base) throws IOException {
        Path origin = folder.resolve("origin.git");
        host.git("checkout", "-q", "-b", "feature");
        host.git("commit", "-q", "--allow-empty", "-m", "second");
        host.git("tag", "-a", "-m", "tag", "v1");
        host.git("branch", "remote");
        host.git("clone", "-q", "--bare", ".", origin.toString());
        host.git("branch", "-D", "remote");
        host.git("remote", "add", "origin", origin.toString());
        host.git("fetch", "-q");
        String second = host.git("rev-parse", "HEAD");
        host.git("checkout", "-q", "main");
        assertThat(host.added(ID, tree, "muster/one", base))
                .isEqualTo(new Made(second, true, false));
        assertThat(host.gitIn(tree, "for-each-ref", "--format=%(upstream)", "refs/heads/muster"))
                .as("no upstream is set")
                .isEmpty();
    }

    @Test
    void startsFromACommit() throws IOException {
        String first = host.git("rev-parse", "HEAD");
        host.git("commit", "-q", "--allow-empty", "-m", "second");
        assertThat(host.added(ID, tree, "x", first.substring(0, 10)))
                .isEqualTo(new Made(first, true, false));
        assertThat(host.added(OTHER, folder.resolve("two"), "y", "HEAD~1"))
                .isEqualTo(new Made(first, true, false));
    }

    @Test
    void prefersTheBranchToATagOfTheSameName() throws IOException {
        host.git("branch", "same");
        host.git("commit", "-q", "--allow-empty", "-m", "second");
        host.git("tag", "same");
        assertThat(host.added(ID, tree, "x", "same"))
                .isEqualTo(new Made(host.git("rev-parse", "refs/heads/same"), true, false));
    }

    @Test
    void namesEachReasonThatMakesItImpossible() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Path bare = folder.resolve("bare");
        host.gitIn(empty, "init", "-q");
        host.git("clone", "-q", "--bare", ".", bare.toString());
        host.git("branch", "taken");
        host.git("branch", "dir/leaf");
        assertThat(refusal(folder.resolve("nowhere"), "x", "").reason())
                .isEqualTo(Reason.REPO_MISSING);
        assertThat(refusal(plain, "x", "").reason()).isEqualTo(Reason.NOT_A_REPO);
        assertThat(refusal(bare, "x", "").reason()).isEqualTo(Reason.BARE);
        assertThat(refusal(empty, "x", "").reason()).isEqualTo(Reason.NO_COMMITS);
        assertThat(refusal(host.repo, "x", "mian").reason()).isEqualTo(Reason.BASE_MISSING);
        assertThat(refusal(host.repo, "x", "mian").detail()).contains("main", "taken");
        assertThat(refusal(host.repo, "x", "--all").reason()).isEqualTo(Reason.BASE_MISSING);
        assertThat(refusal(host.repo, "x", "main..taken").reason()).isEqualTo(Reason.BASE_MISSING);
        assertThat(refusal(host.repo, "taken", "").reason()).isEqualTo(Reason.BRANCH_EXISTS);
        assertThat(refusal(host.repo, "a..b", "").reason()).isEqualTo(Reason.BRANCH_INVALID);
        assertThat(refusal(host.repo, "-x", "").reason()).isEqualTo(Reason.BRANCH_INVALID);
        assertThat(refusal(host.repo, "taken/x", ""))
                .isEqualTo(new Refused(Reason.BRANCH_CONFLICT, "taken"));
        assertThat(refusal(host.repo, "dir", ""))
                .isEqualTo(new Refused(Reason.BRANCH_CONFLICT, "dir/leaf"));
        assertThat(host.git("worktree", "list").lines()).hasSize(1);
        assertThat(host.git("branch").lines()).hasSize(3);
    }

    private Refused refusal(Path repo, String branch, String base) throws IOException {
        var ran = host.run(host.add(ID, repo, tree, branch, base));
        assertThat(ran.exit()).isBetween(20, 35);
        return (Refused) WorktreeAnswer.parse(ran.out().lines());
    }

    @Test
    void takesABranchThatIsThereWhenAsked() throws IOException {
        host.git("branch", "taken");
        assertThat(host.added(ID, tree, "taken", "", "take"))
                .isEqualTo(new Made(host.git("rev-parse", "taken"), false, false));
        assertThat(host.added(OTHER, folder.resolve("two"), "taken", "", "take"))
                .isEqualTo(new Refused(Reason.BRANCH_ELSEWHERE, tree.toRealPath().toString()));
        assertThat(host.session(ID).resolve("branch-made")).doesNotExist();
    }

    @Test
    void saysThatTheFolderOfARegisteredWorktreeIsGone() throws IOException {
        host.git("worktree", "add", "-q", "-b", "old", tree.toString());
        assertThat(host.exec(List.of("rm", "-rf", tree.toString())).exit()).isZero();
        assertThat(host.added(ID, tree, "new", ""))
                .isEqualTo(new Refused(Reason.PATH_TAKEN, "registered"));
        assertThat(host.git("branch").lines()).noneMatch(line -> line.contains("new"));
    }

    @Test
    void makesManyAtOnceOneAfterTheOther() throws IOException {
        var running = new ArrayList<Process>();
        for (int i = 0; i < 8; i++) {
            String id = "01JD000000000000000000010" + i;
            running.add(host.start(host.add(id, folder.resolve("w" + i), "b" + i, "")));
        }
        for (Process process : running) {
            assertThat(host.finish(process).out()).startsWith("worktree made");
        }
        assertThat(host.git("worktree", "list").lines()).hasSize(9);
        assertThat(host.repo.resolve(".git/muster-lock")).isEmptyDirectory();
    }

    @Test
    void passesByTheLockOfAProcessThatIsGone() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = Files.createDirectories(host.repo.resolve(".git/muster-lock"));
        String name = host.exec(List.of("uname", "-n")).out().strip();
        Files.createFile(lock.resolve("n.1." + gone.pid() + ".1." + name));
        // Alive, but not the one that took the lock.
        Files.createFile(lock.resolve("n.2." + ProcessHandle.current().pid() + ".1." + name));
        assertThat(host.added(ID, tree, "x", "")).isInstanceOf(Made.class);
        assertThat(lock).isEmptyDirectory();
    }

    @Test
    void finishesWhatAKilledRequestBegan() throws IOException {
        for (int i = 0; i < 150; i++) {
            Files.writeString(host.repo.resolve("f" + i), "x".repeat(2000));
        }
        host.git("add", "-A");
        host.git("commit", "-q", "-m", "more");
        int killed = 0;
        for (int round = 0; round < 25; round++) {
            String id = "01JD0000000000000000000" + (200 + round);
            Path at = folder.resolve("k" + round);
            var script = host.add(id, at, "k" + round, "");
            Process process = host.start(script);
            long until = System.nanoTime() + round * 1_500_000L;
            while (process.isAlive() && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            host.crash(process);
            killed += host.finish(process).exit() == 137 ? 1 : 0;
            var again = host.run(script);
            assertThat(again.out()).as("round %s: %s", round, again.err()).startsWith("worktree ");
            assertThat(WorktreeAnswer.parse(again.out().lines())).isInstanceOf(Made.class);
            assertThat(host.gitIn(at, "status", "--porcelain")).isEmpty();
            assertThat(host.gitIn(at, "symbolic-ref", "--short", "HEAD")).isEqualTo("k" + round);
        }
        assertThat(killed).isPositive();
    }

    @Test
    void copiesIgnoredFilesThatAreNamedAndNoOthers() throws IOException {
        GitHost.write(host.repo.resolve(".worktreeinclude"), ".env*\n!.env.not\nbuild/keys/\na.*");
        GitHost.write(host.repo.resolve(".env"), "1");
        GitHost.write(host.repo.resolve(".env.not"), "2");
        GitHost.write(host.repo.resolve("a.untracked"), "named, but not ignored");
        GitHost.write(host.repo.resolve("build/keys/q\"\n é"), "odd");
        GitHost.write(host.repo.resolve("build/out"), "not named");
        GitHost.write(host.repo.resolve("x.log"), "by the hosts file");
        Files.createFile(host.repo.resolve("build/keys/empty"));
        Files.createSymbolicLink(host.repo.resolve(".env.link"), Path.of("/etc/passwd"));
        Files.setPosixFilePermissions(
                host.repo.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
        var ran = host.run(host.add(ID, tree, "x", "", "", "*.log"));
        assertThat(ran.out()).as(ran.err()).endsWith("copied 5 0\n");
        assertThat(tree.resolve(".env")).hasContent("1");
        assertThat(Files.getPosixFilePermissions(tree.resolve(".env"))).hasSize(2);
        assertThat(tree.resolve(".env.link")).isSymbolicLink();
        assertThat(tree.resolve("build/keys/q\"\n é")).hasContent("odd");
        assertThat(tree.resolve("build/keys/empty")).isEmptyFile();
        assertThat(tree.resolve("x.log")).exists();
        assertThat(tree.resolve(".env.not")).doesNotExist();
        assertThat(tree.resolve("a.untracked")).doesNotExist();
        assertThat(tree.resolve("build/out")).doesNotExist();
    }

    @Test
    void neverCopiesThroughALinkOutOfTheWorktreeNorOverAFile() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        GitHost.write(host.repo.resolve("x.log"), "base's own");
        Files.createSymbolicLink(host.repo.resolve("build"), outside);
        host.git("add", "-f", "x.log", "build");
        host.git("commit", "-q", "-m", "a link in the base");
        host.git("rm", "-q", "--cached", "x.log", "build");
        Files.delete(host.repo.resolve("build"));
        GitHost.write(host.repo.resolve("build/secret"), "must not leave");
        GitHost.write(host.repo.resolve("x.log"), "the checkout's");
        var ran = host.run(host.add(ID, tree, "x", "", "", "*.log\nbuild/"));
        assertThat(ran.out()).endsWith("copied 0 1\n");
        assertThat(outside).isEmptyDirectory();
        assertThat(tree.resolve("x.log")).hasContent("base's own");
        assertThat(Files.exists(tree.resolve("build"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
