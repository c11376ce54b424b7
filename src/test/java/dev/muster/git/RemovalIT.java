package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.git.Finding.Kind;
import dev.muster.git.Removal.Mode;
import dev.muster.git.RemovalAnswer.BranchFate;
import dev.muster.git.RemovalAnswer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each thing that could be lost holds the removal up, and everything stays as it was.
class RemovalIT {
    private static final String ID = "01JD0000000000000000000001";
    private static final String BRANCH = "muster/one";

    @TempDir Path folder;
    private GitHost host;
    private Path tree;

    @BeforeEach
    void makeWorktree() throws IOException {
        host = new GitHost(folder);
        GitHost.write(host.repo.resolve(".worktreeinclude"), ".env\n");
        GitHost.write(host.repo.resolve(".env"), "SECRET=1\n");
        tree = folder.resolve("web.worktrees/one");
        host.added(ID, tree, BRANCH, "");
    }

    private RemovalAnswer answer(Mode mode, String... disposable) throws IOException {
        var removal =
                new Removal(
                        ID,
                        host.session(ID).toString(),
                        host.repo.toString(),
                        tree.toString(),
                        BRANCH,
                        List.of(disposable),
                        Removal.LIMIT);
        var ran = host.run(removal.script(mode));
        RemovalAnswer answer = RemovalAnswer.parse(ran.out());
        assertThat(ran.err()).as("%s", answer).isEmpty();
        return answer;
    }

    private void refuses(Kind kind, String... names) throws IOException {
        String before = listing();
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).extracting(Finding::kind).containsOnly(kind);
        assertThat(answer.findings()).extracting(Finding::name).contains(names);
        assertThat(RemovalCheck.clean(answer)).isFalse();
        assertThat(RemovalCheck.lines(answer)).isNotEmpty().allMatch(line -> !line.isBlank());
        assertThat(listing()).isEqualTo(before);
        assertThat(host.git("worktree", "list", "--porcelain")).contains(tree.toString());
    }

    private String listing() {
        return host.exec(List.of("find", tree.toString(), "-name", ".git", "-prune", "-o", "-ls"))
                .out();
    }

    private void gone() {
        assertThat(tree).doesNotExist();
        assertThat(tree.getParent()).isEmptyDirectory();
        assertThat(host.git("worktree", "list").lines()).hasSize(1);
        assertThat(host.repo.resolve(".git/worktrees")).doesNotExist();
        assertThat(host.repo.resolve(".git/muster-lock")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void removesACleanWorktreeAndItsBranch(String shell) throws IOException {
        List<String> command = List.of(shell.split(" "));
        assumeThat(host.exec(List.of("sh", "-c", "command -v " + command.get(0))).exit())
                .as("%s is installed", shell)
                .isZero();
        host.shell(command.toArray(new String[0]));
        assertThat(answer(Mode.CHECK).outcome()).isEqualTo(Outcome.CHECKED);
        assertThat(tree.resolve(".env")).exists();
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.REMOVED);
        assertThat(answer.branch()).isEqualTo(BranchFate.DELETED);
        assertThat(host.git("branch")).isEqualTo("* main");
        gone();
        assertThat(answer(Mode.REMOVE).outcome()).isEqualTo(Outcome.REMOVED);
    }

    @Test
    void refusesForAChangedFile() throws IOException {
        GitHost.write(tree.resolve("a.txt"), "changed\n");
        refuses(Kind.UNCOMMITTED, "a.txt");
    }

    @Test
    void refusesForAStagedFile() throws IOException {
        GitHost.write(tree.resolve("née\n\".txt"), "new\n");
        host.gitIn(tree, "add", "-A");
        refuses(Kind.UNCOMMITTED, "née\n\".txt");
    }

    @Test
    void refusesForADeletedFile() throws IOException {
        Files.delete(tree.resolve("a.txt"));
        refuses(Kind.UNCOMMITTED, "a.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "hex:61", "née\n\"\t", "sub/dir/x", "-rf", " ", "$(x)"})
    void refusesForAnUntrackedFile(String name) throws IOException {
        GitHost.write(tree.resolve(name), "");
        refuses(Kind.UNTRACKED, name);
    }

    @Test
    void refusesForAnUntrackedFileThatADisposablePatternNames() throws IOException {
        GitHost.write(tree.resolve("x.txt"), "");
        assertThat(answer(Mode.REMOVE, "*.txt").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void refusesForAnUntrackedFileThatGitWasToldNotToShow() throws IOException {
        host.git("config", "status.showUntrackedFiles", "no");
        GitHost.write(tree.resolve("x.txt"), "");
        refuses(Kind.UNTRACKED, "x.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
    void refusesForAChangeThatGitWasToldNotToSee(String mark) throws IOException {
        host.gitIn(tree, "update-index", mark, "a.txt");
        GitHost.write(tree.resolve("a.txt"), "hidden\n");
        refuses(Kind.HIDDEN, "a.txt");
    }

    @Test
    void refusesForAnIgnoredFile() throws IOException {
        GitHost.write(tree.resolve("build/deep/out"), "");
        refuses(Kind.IGNORED, "build/deep/out");
    }

    @Test
    void refusesForACopiedFileThatChangedSince() throws IOException {
        GitHost.write(tree.resolve(".env"), "SECRET=2\n");
        refuses(Kind.IGNORED, ".env");
    }

    @Test
    void letsDisposableFilesGo() throws IOException {
        GitHost.write(tree.resolve("node_modules/x/index.js"), "");
        GitHost.write(tree.resolve("build/keep/no"), "");
        assertThat(answer(Mode.REMOVE, "node_modules", "build/*", "!build/keep").outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(answer(Mode.REMOVE, "node_modules", "build/").outcome())
                .isEqualTo(Outcome.REMOVED);
        gone();
    }

    @Test
    void refusesForACommitOfItsOwn() throws IOException {
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "work");
        refuses(Kind.COMMITS, host.gitIn(tree, "rev-parse", "HEAD"));
    }

    @Test
    void refusesForACommitOfADetachedHead() throws IOException {
        host.gitIn(tree, "checkout", "-q", "--detach");
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "work");
        refuses(Kind.COMMITS, host.gitIn(tree, "rev-parse", "HEAD"));
    }

    @Test
    void refusesForCommitsOfABranchThatWasMovedFromElsewhere() throws IOException {
        GitHost.write(tree.resolve("work"), "x");
        host.gitIn(tree, "add", "-A");
        host.gitIn(tree, "commit", "-q", "-m", "work");
        String work = host.gitIn(tree, "rev-parse", "HEAD");
        host.git("update-ref", "refs/heads/" + BRANCH, "main");
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).contains(new Finding(Kind.COMMITS, 1, work));
    }

    @Test
    void letsCommitsGoThatAnotherBranchOrARemoteHas() throws IOException {
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "work");
        host.git("branch", "keeps", BRANCH);
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(answer.branch()).isEqualTo(BranchFate.DELETED);
        gone();
    }

    @Test
    void keepsABranchThatMusterDidNotMake() throws IOException {
        String other = "01JD0000000000000000000002";
        host.git("branch", "users");
        Path second = folder.resolve("web.worktrees/two");
        host.added(other, second, "users", "", "take");
        host.gitIn(second, "commit", "-q", "--allow-empty", "-m", "work");
        var removal =
                new Removal(
                        other,
                        host.session(other).toString(),
                        host.repo.toString(),
                        second.toString(),
                        "users",
                        List.of(),
                        Removal.LIMIT);
        RemovalAnswer answer = RemovalAnswer.parse(host.run(removal.script(Mode.REMOVE)).out());
        assertThat(answer.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(host.git("branch", "--list", "users")).isNotEmpty();
    }

    @Test
    void refusesForARepoInsideWithCommitsOfItsOwn() throws IOException {
        Path inner = Files.createDirectories(tree.resolve("inner"));
        host.gitIn(inner, "init", "-q");
        host.gitIn(inner, "commit", "-q", "--allow-empty", "-m", "inner");
        refuses(Kind.NESTED_COMMITS, "inner");
    }

    @Test
    void refusesForAnIgnoredRepoInsideEvenWhereItIsDisposable() throws IOException {
        Path inner = Files.createDirectories(tree.resolve("node_modules/dep/inner"));
        host.gitIn(inner, "init", "-q");
        GitHost.write(inner.resolve("work"), "x");
        RemovalAnswer answer = answer(Mode.REMOVE, "/node_modules");
        assertThat(answer.findings())
                .containsExactly(new Finding(Kind.NESTED_CHANGES, 1, "node_modules/dep/inner"));
    }

    @Test
    void refusesForAStashOfARepoInside() throws IOException {
        Path inner = clone("inner");
        GitHost.write(inner.resolve("a.txt"), "stashed");
        host.gitIn(inner, "stash", "-q");
        refuses(Kind.NESTED_COMMITS, "inner");
    }

    @Test
    void letsACleanCloneInsideGo() throws IOException {
        clone("node_modules/inner");
        assertThat(answer(Mode.REMOVE, "node_modules").outcome()).isEqualTo(Outcome.REMOVED);
        gone();
    }

    private Path clone(String at) throws IOException {
        Path inner = tree.resolve(at);
        Files.createDirectories(inner);
        host.git("clone", "-q", host.repo.toString(), inner.toString());
        return inner;
    }

    @Test
    void refusesForASubmoduleWithACommitOfItsOwn() throws IOException {
        Path library = Files.createDirectories(folder.resolve("library"));
        host.gitIn(library, "init", "-q");
        host.gitIn(library, "commit", "-q", "--allow-empty", "-m", "library");
        host.gitIn(tree, "submodule", "--quiet", "add", library.toString(), "lib");
        host.gitIn(tree, "commit", "-q", "-m", "lib");
        host.git("branch", "keeps", BRANCH);
        host.gitIn(tree.resolve("lib"), "commit", "-q", "--allow-empty", "-m", "mine");
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings())
                .extracting(Finding::kind)
                .contains(Kind.UNCOMMITTED, Kind.NESTED_COMMITS);
        host.gitIn(tree.resolve("lib"), "push", "-q", "origin", "HEAD:refs/heads/pushed");
        host.gitIn(tree, "commit", "-q", "-a", "-m", "newer lib");
        host.git("branch", "-f", "keeps", BRANCH);
        answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.REMOVED);
        gone();
    }

    @Test
    void refusesForABrokenRepoInside() throws IOException {
        GitHost.write(tree.resolve("node_modules/odd/.git/objects/precious"), "x");
        RemovalAnswer answer = answer(Mode.REMOVE, "node_modules");
        assertThat(answer.findings()).extracting(Finding::kind).containsOnly(Kind.UNREAD);
    }

    @Test
    void refusesInTheMiddleOfAMergeOrBisect() throws IOException {
        host.gitIn(tree, "bisect", "start");
        refuses(Kind.OPERATION, "BISECT_LOG");
        host.gitIn(tree, "bisect", "reset");
        assertThat(answer(Mode.REMOVE).outcome()).isEqualTo(Outcome.REMOVED);
    }

    @Test
    void refusesForALockedWorktree() throws IOException {
        host.git("worktree", "lock", "--reason", "mine", tree.toString());
        refuses(Kind.LOCKED, "mine");
    }

    @Test
    void refusesForAProcessThatWorksInside() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").directory(tree.toFile()).start();
        try {
            RemovalAnswer answer = answer(Mode.REMOVE);
            assertThat(answer.findings())
                    .containsExactly(new Finding(Kind.PROCESS, (int) process.pid(), "sleep 60"));
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
        assertThat(answer(Mode.REMOVE).outcome()).isEqualTo(Outcome.REMOVED);
    }

    @Test
    void refusesWhereGitCannotRead() throws IOException {
        Files.write(host.repo.resolve(".git/worktrees/one/index"), new byte[] {1, 2, 3});
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).extracting(Finding::kind).contains(Kind.UNREAD);
        assertThat(answer(Mode.FORCE).outcome()).isEqualTo(Outcome.NOT_SAVED);
        assertThat(tree.resolve("a.txt")).exists();
    }

    @Test
    void refusesWhereAFolderMayNotBeReadByForceToo() throws IOException {
        GitHost.write(tree.resolve("closed/work"), "precious");
        GitHost.write(tree.resolve("build/closed/work"), "precious");
        Set<PosixFilePermission> none = Set.of();
        Files.setPosixFilePermissions(tree.resolve("closed"), none);
        Files.setPosixFilePermissions(tree.resolve("build/closed"), none);
        if (!host.exec(List.of("ls", tree.resolve("closed").toString())).err().contains("denied")) {
            // The superuser reads everything: somebody else has to try.
            asNobody();
        }
        RemovalAnswer answer = answer(Mode.REMOVE, "build");
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).extracting(Finding::kind).containsOnly(Kind.UNREAD);
        answer = answer(Mode.FORCE, "build");
        assertThat(answer.outcome()).isEqualTo(Outcome.NOT_SAVED);
        assertThat(answer.detail()).contains("closed");
        for (String name : List.of("closed", "build/closed")) {
            Files.setPosixFilePermissions(
                    tree.resolve(name), PosixFilePermissions.fromString("rwx------"));
            assertThat(tree.resolve(name).resolve("work")).hasContent("precious");
        }
    }

    private void asNobody() {
        List<String> nobody =
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh");
        assumeThat(host.exec(List.of("sh", "-c", "command -v setpriv")).exit())
                .as("setpriv is installed")
                .isZero();
        var owned = host.exec(List.of("chown", "-R", "65534:65534", folder.toString()));
        assertThat(owned.exit()).as(owned.err()).isZero();
        host.shell(nobody.toArray(new String[0]));
    }

    @Test
    void mentionsAStash() throws IOException {
        GitHost.write(host.repo.resolve("a.txt"), "stashed");
        host.git("stash", "-q");
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(answer.findings()).containsExactly(new Finding(Kind.STASH, 1, ""));
    }

    @Test
    void finishesWhereTheFolderWasDeletedByHand() throws IOException {
        delete(tree);
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.REMOVED);
        assertThat(answer.branch()).isEqualTo(BranchFate.DELETED);
        gone();
    }

    @Test
    void refusesForWhatWasStagedInAFolderThatWasDeletedByHand() throws IOException {
        GitHost.write(tree.resolve("new"), "x");
        host.gitIn(tree, "add", "-A");
        delete(tree);
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).containsExactly(new Finding(Kind.STAGED, 1, ""));
    }

    @Test
    void refusesForCommitsOfAWorktreeThatWasPruned() throws IOException {
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "work");
        delete(tree);
        host.git("worktree", "prune");
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).extracting(Finding::kind).containsExactly(Kind.COMMITS);
    }

    @Test
    void looksIntoAFolderThatGitHasForgotten() throws IOException {
        GitHost.write(tree.resolve("a.txt"), "changed\n");
        Path away = folder.resolve("away");
        Files.move(tree, away);
        host.git("worktree", "prune");
        Files.move(away, tree);
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings())
                .contains(new Finding(Kind.UNCOMMITTED, 1, "a.txt"))
                .extracting(Finding::kind)
                .contains(Kind.REATTACHED);
        assertThat(host.gitIn(tree, "status", "--porcelain")).isEqualTo(" M a.txt");
    }

    @Test
    void neverTouchesWhatAnotherMadeAtThatPath() throws IOException {
        delete(tree);
        host.git("worktree", "prune");
        Files.createDirectories(tree);
        host.gitIn(tree, "init", "-q");
        GitHost.write(tree.resolve("theirs"), "x");
        assertThat(answer(Mode.FORCE).outcome()).isEqualTo(Outcome.NOT_OURS);
        assertThat(tree.resolve("theirs")).hasContent("x");
        assertThat(host.git("branch", "--list", BRANCH)).isNotEmpty();
    }

    @Test
    void neverTouchesTheRepoItself() throws IOException {
        var removal =
                new Removal(
                        ID,
                        host.session(ID).toString(),
                        host.repo.toString(),
                        host.repo.toString(),
                        "main",
                        List.of(),
                        Removal.LIMIT);
        delete(tree);
        host.git("worktree", "prune");
        RemovalAnswer answer = RemovalAnswer.parse(host.run(removal.script(Mode.FORCE)).out());
        assertThat(answer.outcome()).isEqualTo(Outcome.NOT_OURS);
        assertThat(host.repo.resolve("a.txt")).exists();
    }

    @Test
    void leavesOtherWorktreesThatArePrunableAlone() throws IOException {
        Path users = folder.resolve("users");
        host.git("worktree", "add", "-q", "-b", "users", users.toString());
        delete(users);
        assertThat(answer(Mode.REMOVE).outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(host.git("worktree", "list").lines()).hasSize(2);
    }

    @Test
    void bringsAWorktreeBackThatAKilledRemovalSetAside() throws IOException {
        Path aside = tree.resolveSibling(".muster-removing-" + ID);
        GitHost.write(tree.resolve("work"), "x");
        Files.move(tree, aside);
        refuses(Kind.UNTRACKED, aside, "work");
    }

    private void refuses(Kind kind, Path aside, String name) throws IOException {
        RemovalAnswer answer = answer(Mode.REMOVE);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.findings()).containsExactly(new Finding(kind, 1, name));
        assertThat(aside).doesNotExist();
        assertThat(tree.resolve("work")).hasContent("x");
        assertThat(host.gitIn(tree, "status", "--porcelain")).isEqualTo("?? work");
    }

    private void delete(Path path) {
        assertThat(host.exec(List.of("rm", "-rf", path.toString())).exit()).isZero();
    }
}
