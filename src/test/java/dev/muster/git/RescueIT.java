package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.git.Removal.Mode;
import dev.muster.git.RemovalAnswer.BranchFate;
import dev.muster.git.RemovalAnswer.Outcome;
import dev.muster.git.RemovalAnswer.Rescued;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--force` removes can be restored byte for byte from the refs that it leaves.
class RescueIT {
    private static final String ID = "01JD0000000000000000000001";
    private static final String BRANCH = "muster/one";
    private static final String RESCUE = "refs/muster/rescue/" + ID + "/";

    @TempDir Path folder;
    private GitHost host;
    private Path tree;

    @BeforeEach
    void makeWorktree() throws IOException {
        host = new GitHost(folder);
        tree = folder.resolve("web.worktrees/one");
        host.added(ID, tree, BRANCH, "");
    }

    private Removal removal(long limit) throws IOException {
        return new Removal(
                ID,
                host.session(ID).toString(),
                host.repo.toString(),
                tree.toString(),
                BRANCH,
                List.of("node_modules/"),
                limit);
    }

    private RemovalAnswer force() throws IOException {
        var ran = host.run(removal(Removal.LIMIT).script(Mode.FORCE));
        RemovalAnswer answer = RemovalAnswer.parse(ran.out());
        assertThat(answer.outcome()).as("%s %s", answer, ran.err()).isEqualTo(Outcome.REMOVED);
        assertThat(ran.err()).isEmpty();
        assertThat(tree).doesNotExist();
        assertThat(tree.getParent()).isEmptyDirectory();
        assertThat(RemovalCheck.recovery(answer.rescued()))
                .allMatch(line -> line.contains("git worktree add --detach PATH refs/muster/"));
        return answer;
    }

    /// The files that a ref brings back, in a worktree as the answer tells to make one.
    private Map<String, String> restored(String name) throws IOException {
        Path path = Files.createTempDirectory(folder, "restored").resolve("w");
        host.git("worktree", "add", "-q", "--detach", path.toString(), RESCUE + name);
        return files(path);
    }

    /// Every file and link below, but git's own: kind, executable bit and content.
    private static Map<String, String> files(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        return dir.endsWith(".git")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        if (!file.endsWith(".git")) {
                            files.put(root.relativize(file).toString(), content(file, a));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static String content(Path file, BasicFileAttributes a) throws IOException {
        if (a.isSymbolicLink()) {
            return "-> " + Files.readSymbolicLink(file);
        }
        String bytes = HexFormat.of().formatHex(Files.readAllBytes(file));
        return (Files.isExecutable(file) ? "x " : "- ") + bytes;
    }

    @Test
    void bringsBackEveryFileByteForByte() throws IOException {
        GitHost.write(tree.resolve(".gitattributes"), "*.crlf text eol=crlf\n* ident\n");
        GitHost.write(tree.resolve("mixed.bin"), "a\r\nb\n$Id$\n");
        GitHost.write(tree.resolve("a.txt"), "changed\n");
        host.gitIn(tree, "rm", "-q", "--cached", ".gitignore");
        GitHost.write(tree.resolve("née\n\"\t\\"), "odd\n");
        GitHost.write(tree.resolve("deep/er/-rf"), "");
        GitHost.write(tree.resolve("run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                tree.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("no/where"));
        Files.createSymbolicLink(tree.resolve("to-folder"), Path.of("deep"));
        GitHost.write(tree.resolve("build/ig\nnored"), "ignored\n");
        GitHost.write(tree.resolve("x.log"), "log\r\n");
        GitHost.write(tree.resolve("node_modules/dep.js"), "disposable\n");
        Map<String, String> expected = files(tree);
        expected.remove("node_modules/dep.js");

        RemovalAnswer answer = force();

        assertThat(answer.branch()).isEqualTo(BranchFate.DELETED);
        for (Map.Entry<String, String> file : expected.entrySet()) {
            if (!file.getValue().startsWith("->")) {
                String ref = isIgnored(file.getKey()) ? "ignored" : "work";
                assertThat(blob(RESCUE + ref, file.getKey()))
                        .isEqualTo(file.getValue().substring(2));
            }
        }
        host.exec(List.of("sh", "-c", "echo '* -text -ident' >" + attributes()));
        Map<String, String> restored = restored("work");
        restored.putAll(restored("ignored"));
        assertThat(restored).isEqualTo(expected);
    }

    private static boolean isIgnored(String name) {
        return name.endsWith(".log") || name.startsWith("build/");
    }

    private Path attributes() {
        return host.repo.resolve(".git/info/attributes");
    }

    private String blob(String ref, String path) {
        var ran =
                host.exec(
                        List.of(
                                "git",
                                "-C",
                                host.repo.toString(),
                                "cat-file",
                                "blob",
                                ref + ":" + path));
        assertThat(ran.exit()).as("%s %s", path, ran.err()).isZero();
        return HexFormat.of().formatHex(ran.bytes());
    }

    @Test
    void bringsBackWhatWasStagedApartFromTheFiles() throws IOException {
        GitHost.write(tree.resolve("a.txt"), "staged\n");
        host.gitIn(tree, "add", "-A");
        GitHost.write(tree.resolve("a.txt"), "working\n");
        force();
        assertThat(host.git("show", RESCUE + "index:a.txt")).isEqualTo("staged");
        assertThat(host.git("show", RESCUE + "work:a.txt")).isEqualTo("working");
        assertThat(host.git("rev-parse", RESCUE + "work^"))
                .isEqualTo(host.git("rev-parse", "main"));
    }

    @Test
    void bringsBackCommitsOfBranchDetachedHeadAndReflog() throws IOException {
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "on the branch");
        String onBranch = host.gitIn(tree, "rev-parse", "HEAD");
        host.gitIn(tree, "checkout", "-q", "--detach", "main");
        host.gitIn(tree, "commit", "-q", "--allow-empty", "-m", "to be amended");
        String old = host.gitIn(tree, "rev-parse", "HEAD");
        host.gitIn(tree, "commit", "-q", "--allow-empty", "--amend", "-m", "amended");
        String head = host.gitIn(tree, "rev-parse", "HEAD");
        force();
        assertThat(host.git("rev-parse", RESCUE + "head")).isEqualTo(head);
        assertThat(host.git("rev-parse", RESCUE + "branch")).isEqualTo(onBranch);
        assertThat(host.git("rev-parse", RESCUE + "reflog^1")).isEqualTo(old);
        assertThat(host.git("branch")).isEqualTo("* main");
    }

    @Test
    void bringsBackBothSidesOfAConflict() throws IOException {
        host.gitIn(tree, "checkout", "-q", "-b", "side");
        GitHost.write(tree.resolve("a.txt"), "theirs\n");
        host.gitIn(tree, "commit", "-q", "-a", "-m", "theirs");
        host.gitIn(tree, "checkout", "-q", BRANCH);
        GitHost.write(tree.resolve("a.txt"), "ours\n");
        host.gitIn(tree, "commit", "-q", "-a", "-m", "ours");
        host.exec(List.of("git", "-C", tree.toString(), "merge", "-q", "side"));
        String conflict = Files.readString(tree.resolve("a.txt"));
        String theirs = host.gitIn(tree, "rev-parse", "MERGE_HEAD");
        force();
        assertThat(host.git("show", RESCUE + "index:.muster-unmerged/2/a.txt")).isEqualTo("ours");
        assertThat(host.git("show", RESCUE + "index:.muster-unmerged/3/a.txt")).isEqualTo("theirs");
        assertThat(host.git("show", RESCUE + "work:a.txt") + "\n").isEqualTo(conflict);
        assertThat(host.git("show", RESCUE + "gitdir:MERGE_HEAD")).isEqualTo(theirs);
        assertThat(host.git("rev-parse", RESCUE + "MERGE_HEAD")).isEqualTo(theirs);
    }

    @Test
    void bringsBackHiddenChangesAndIntentToAdd() throws IOException {
        host.gitIn(tree, "update-index", "--skip-worktree", "a.txt");
        GitHost.write(tree.resolve("a.txt"), "hidden\n");
        GitHost.write(tree.resolve("soon"), "soon\n");
        host.gitIn(tree, "add", "-N", "soon");
        force();
        assertThat(host.git("show", RESCUE + "work:a.txt")).isEqualTo("hidden");
        assertThat(host.git("show", RESCUE + "work:soon")).isEqualTo("soon");
    }

    @Test
    void bringsBackReposInside() throws IOException {
        Path inner = Files.createDirectories(tree.resolve("node_modules/inn\ner \"é"));
        host.gitIn(inner, "init", "-q");
        GitHost.write(inner.resolve("f"), "committed\n");
        host.gitIn(inner, "add", "-A");
        host.gitIn(inner, "commit", "-q", "-m", "inner");
        host.gitIn(inner, "branch", "other");
        for (String stash : List.of("first", "second")) {
            GitHost.write(inner.resolve("f"), stash + "\n");
            host.gitIn(inner, "stash", "-q");
        }
        GitHost.write(inner.resolve("f"), "changed\n");
        GitHost.write(inner.resolve("u"), "untracked\n");
        Path unborn = Files.createDirectories(tree.resolve("unborn"));
        host.gitIn(unborn, "init", "-q");
        GitHost.write(unborn.resolve("only"), "file\n");
        String commit = host.gitIn(inner, "rev-parse", "HEAD");

        RemovalAnswer answer = force();

        String prefix = prefixOf(answer, "node_modules/inn\ner \"é");
        assertThat(host.git("rev-parse", prefix + "head")).isEqualTo(commit);
        assertThat(host.git("rev-parse", prefix + "refs/heads/other")).isEqualTo(commit);
        assertThat(host.git("show", prefix + "work:f")).isEqualTo("changed");
        assertThat(host.git("show", prefix + "work:u")).isEqualTo("untracked");
        assertThat(host.git("show", prefix + "stash/0:f")).isEqualTo("second");
        assertThat(host.git("show", prefix + "stash/1:f")).isEqualTo("first");
        assertThat(host.git("show", prefixOf(answer, "unborn") + "work:only")).isEqualTo("file");
        assertThat(host.git("fsck", "--connectivity-only")).doesNotContain("missing");
    }

    private static String prefixOf(RemovalAnswer answer, String inner) {
        String ref =
                answer.rescued().stream()
                        .filter(rescued -> rescued.folder().equals(inner))
                        .map(Rescued::ref)
                        .findFirst()
                        .orElseThrow();
        int end = ref.indexOf('/', ref.indexOf("/nested/") + "/nested/".length());
        return ref.substring(0, end + 1);
    }

    @Test
    void bringsBackAShallowCloneInsideFileByFile() throws IOException {
        host.git("commit", "-q", "--allow-empty", "-m", "second");
        Path inner = tree.resolve("shallow");
        host.git("clone", "-q", "--depth=1", "file://" + host.repo, inner.toString());
        GitHost.write(inner.resolve("mine"), "mine\n");
        host.gitIn(inner, "add", "-A");
        host.gitIn(inner, "commit", "-q", "-m", "mine");
        RemovalAnswer answer = force();
        String prefix = prefixOf(answer, "shallow");
        Path restored = folder.resolve("restored");
        host.git("worktree", "add", "-q", "--detach", restored.toString(), prefix + "files");
        Path gitDir = folder.resolve("git-dir");
        host.git("worktree", "add", "-q", "--detach", gitDir.toString(), prefix + "gitdir");
        assertThat(restored.resolve("mine")).hasContent("mine\n");
        Files.delete(gitDir.resolve(".git"));
        // git leaves empty folders out, and takes no folder without refs for a repo.
        Files.createDirectories(gitDir.resolve("refs"));
        assertThat(host.gitIn(gitDir, "log", "-1", "--format=%s")).isEqualTo("mine");
    }

    @Test
    void bringsBackASubmodulesCommits() throws IOException {
        Path library = Files.createDirectories(folder.resolve("library"));
        host.gitIn(library, "init", "-q");
        host.gitIn(library, "commit", "-q", "--allow-empty", "-m", "library");
        host.gitIn(tree, "submodule", "--quiet", "add", library.toString(), "lib");
        host.gitIn(tree.resolve("lib"), "commit", "-q", "--allow-empty", "-m", "mine");
        String commit = host.gitIn(tree.resolve("lib"), "rev-parse", "HEAD");
        RemovalAnswer answer = force();
        assertThat(host.git("rev-parse", prefixOf(answer, "lib") + "head")).isEqualTo(commit);
    }

    @Test
    void refusesWhatIsTooLargeAndSaysWhich() throws IOException {
        Files.write(tree.resolve("large.log"), new byte[300_000]);
        var ran = host.run(removal(200_000).script(Mode.FORCE));
        RemovalAnswer answer = RemovalAnswer.parse(ran.out());
        assertThat(answer.outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(answer.detail()).contains("300000 large.log");
        assertThat(tree.resolve("large.log")).hasSize(300_000);
        assertThat(host.gitIn(tree, "status", "--porcelain")).isEmpty();
    }

    @Test
    void losesNothingWhereItIsKilledAtAnyMoment() throws IOException {
        kill(12);
    }

    /// A `git update-ref -d` that was killed leaves these, and no later git can change a ref.
    @Test
    void takesUpWhatItsOwnKilledCallLeftBehind() throws IOException {
        String id = "01JD0000000000000000000199";
        Path at = folder.resolve("killed/k");
        host.added(id, at, "k", "");
        GitHost.write(host.session(id).resolve("removal/branch"), "");
        for (String lock : List.of("packed-refs.lock", "packed-refs.new", "config.lock")) {
            GitHost.write(host.repo.resolve(".git").resolve(lock), "");
        }
        RemovalAnswer answer =
                RemovalAnswer.parse(host.run(removal(id, at, "k").script(Mode.REMOVE)).out());
        assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.REMOVED);
        assertThat(host.git("branch")).doesNotContain(" k");
        assertThat(host.repo.resolve(".git"))
                .isDirectoryNotContaining("glob:**{.lock,packed-refs.new}");
    }

    @Test
    @Tag("long")
    void losesNothingWhereItIsKilledAtTwoHundredMoments() throws IOException {
        kill(200);
    }

    private void kill(int rounds) throws IOException {
        int killed = 0;
        for (int round = 0; round < rounds; round++) {
            String id = "01JD0000000000000000000" + (200 + round);
            Path at = folder.resolve("killed/k" + round);
            host.added(id, at, "k" + round, "");
            GitHost.write(at.resolve("a.txt"), "changed\n");
            GitHost.write(at.resolve("new"), "untracked\n");
            GitHost.write(at.resolve("x.log"), "ignored\n");
            host.gitIn(at, "commit", "-q", "--allow-empty", "-m", "work");
            String head = host.gitIn(at, "rev-parse", "HEAD");
            Removal removal = removal(id, at, "k" + round);
            Process process = host.start(removal.script(Mode.FORCE));
            long until = System.nanoTime() + round * 1_500_000_000L / rounds;
            while (process.isAlive() && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            host.crash(process);
            killed += host.finish(process).exit() == 137 ? 1 : 0;

            var ran = host.run(removal.script(Mode.FORCE));
            RemovalAnswer answer = RemovalAnswer.parse(ran.out());

            assertThat(answer.outcome())
                    .as("round %s: %s %s", round, answer, ran.err())
                    .isEqualTo(Outcome.REMOVED);
            assertThat(at.getParent()).isEmptyDirectory();
            String rescue = "refs/muster/rescue/" + id + "/";
            assertThat(host.git("rev-parse", rescue + "head")).isEqualTo(head);
            assertThat(host.git("show", rescue + "work:a.txt")).isEqualTo("changed");
            assertThat(host.git("show", rescue + "work:new")).isEqualTo("untracked");
            assertThat(host.git("show", rescue + "ignored:x.log")).isEqualTo("ignored");
        }
        assertThat(host.git("branch")).contains("main").doesNotContain(" k");
        assertThat(host.git("worktree", "list").lines()).hasSize(2);
        assertThat(killed).isPositive();
    }

    private Removal removal(String id, Path at, String branch) throws IOException {
        return new Removal(
                id,
                host.session(id).toString(),
                host.repo.toString(),
                at.toString(),
                branch,
                List.of(),
                Removal.LIMIT);
    }
}
