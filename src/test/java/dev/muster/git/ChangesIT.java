package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.git.WorktreeDiff.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesIT {
    private static final String ID = "01JD0000000000000000000001";

    @TempDir Path folder;
    private GitHost host;
    private Path tree;

    @BeforeEach
    void makeWorktree() throws IOException {
        host = new GitHost(folder);
        GitHost.write(host.repo.resolve("moved.txt"), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        host.git("add", "-A");
        host.git("commit", "-q", "-m", "more");
        tree = folder.resolve("web.worktrees/one");
        host.added(ID, tree, "muster/one", "main");
    }

    private Changes changes() {
        var ran = host.run(Changes.script(tree.toString(), "main", ""));
        assertThat(ran.err()).isEmpty();
        return Changes.parse(ran.out());
    }

    private WorktreeDiff diff(int limit) {
        var ran =
                host.run(
                        WorktreeDiff.script(
                                tree.toString(), "main", "", WorktreeDiff.Ask.all(limit)));
        assertThat(ran.err()).isEmpty();
        return WorktreeDiff.parse(ran.bytes(), limit);
    }

    private WorktreeDiff diff(WorktreeDiff.Part part, String... paths) {
        var ask = new WorktreeDiff.Ask(part, 1 << 20, List.of(paths));
        var ran = host.run(WorktreeDiff.script(tree.toString(), "main", "", ask));
        assertThat(ran.err()).isEmpty();
        return WorktreeDiff.parse(ran.bytes(), ask.limit());
    }

    @Test
    void tellsCommittedFromUncommitted() throws IOException {
        work();
        GitHost.write(tree.resolve("a.txt"), "one\n2\nthree\nfour\nfive\n");

        WorktreeDiff committed = diff(WorktreeDiff.Part.COMMITTED);
        assertThat(committed.files())
                .containsExactly(new FileChange("a.txt", "a.txt", 'M', 2, 1, false));
        assertThat(committed.patch()).contains("+four").doesNotContain("+five");

        WorktreeDiff open = diff(WorktreeDiff.Part.UNCOMMITTED);
        assertThat(open.files())
                .extracting(FileChange::path)
                .containsExactlyInAnyOrder("a.txt", "här\n\"e.txt", "new é", "binary", "empty");
        assertThat(open.files()).noneMatch(FileChange::committed);
        assertThat(open.patch()).contains("+five", "+n1").doesNotContain("+four");
    }

    @Test
    void givesThePatchOfTheFilesAskedFor() throws IOException {
        work();
        GitHost.write(tree.resolve("*"), "a name, no pattern\n");

        WorktreeDiff one = diff(WorktreeDiff.Part.ALL, "*");
        assertThat(one.patch()).contains("+a name, no pattern").doesNotContain("+n1", "+four");
        assertThat(one.files()).hasSize(6);

        WorktreeDiff moved = diff(WorktreeDiff.Part.ALL, "här\n\"e.txt", "moved.txt");
        assertThat(moved.patch()).contains("rename from moved.txt").doesNotContain("+n1");
    }

    @Test
    void hasNothingCommittedWhereThereIsNoCommit() throws IOException {
        Path bare = folder.resolve("fresh");
        Files.createDirectories(bare);
        host.gitIn(bare, "init", "-q");
        GitHost.write(bare.resolve("x"), "1\n");
        tree = bare;

        assertThat(diff(WorktreeDiff.Part.COMMITTED).files()).isEmpty();
        assertThat(diff(WorktreeDiff.Part.UNCOMMITTED).patch()).contains("+1");
    }

    private void work() throws IOException {
        GitHost.write(tree.resolve("a.txt"), "one\n2\nthree\nfour\n");
        host.gitIn(tree, "commit", "-q", "-a", "-m", "work");
        host.gitIn(tree, "mv", "moved.txt", "här\n\"e.txt");
        GitHost.write(tree.resolve("new é"), "n1\nn2\n");
        Files.write(tree.resolve("binary"), new byte[] {0, 1, 2, 0});
        Files.createFile(tree.resolve("empty"));
        GitHost.write(tree.resolve("x.log"), "ignored\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void countsCommittedUncommittedAndUntracked(String shell) throws IOException {
        List<String> command = List.of(shell.split(" "));
        assumeThat(host.exec(List.of("sh", "-c", "command -v " + command.get(0))).exit())
                .as("%s is installed", shell)
                .isZero();
        host.shell(command.toArray(new String[0]));
        assertThat(changes()).isEqualTo(new Changes(0, 0, 0, 0));
        work();
        assertThat(changes()).isEqualTo(new Changes(5, 4, 1, 1));
    }

    @Test
    void changesNothingWhileItLooks() throws IOException {
        work();
        String before = host.gitIn(tree, "status", "--porcelain");
        byte[] index = Files.readAllBytes(host.repo.resolve(".git/worktrees/one/index"));
        changes();
        diff(1000);
        assertThat(Files.readAllBytes(host.repo.resolve(".git/worktrees/one/index")))
                .isEqualTo(index);
        assertThat(host.gitIn(tree, "status", "--porcelain")).isEqualTo(before);
    }

    @Test
    void measuresFromTheMergeBase() throws IOException {
        work();
        GitHost.write(host.repo.resolve("elsewhere"), "on main\n");
        host.git("add", "-A");
        host.git("commit", "-q", "-m", "main goes on");
        assertThat(changes()).isEqualTo(new Changes(5, 4, 1, 1));
    }

    @Test
    void measuresFromTheStartWhereTheBaseIsGone() throws IOException {
        String start = host.gitIn(tree, "rev-parse", "HEAD");
        work();
        var ran = host.run(Changes.script(tree.toString(), "no-such-branch", start));
        assertThat(Changes.parse(ran.out())).isEqualTo(new Changes(5, 4, 1, 1));
    }

    @Test
    void countsFilesOnlyWhereThereAreTooMany() throws IOException {
        for (int i = 0; i < 3001; i++) {
            GitHost.write(tree.resolve("many/f" + i), "x\n");
        }
        assertThat(changes()).isEqualTo(new Changes(3001, 0, 0, 0));
    }

    @Test
    void saysNothingWhereItCannotLook() {
        var ran = host.run(Changes.script(folder.resolve("none").toString(), "main", ""));
        assertThat(ran.exit()).isNotZero();
        assertThatThrownBy(() -> Changes.parse(ran.out()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsEachFileAndTheWholePatch() throws IOException {
        work();
        WorktreeDiff diff = diff(100_000);
        assertThat(diff.base()).isEqualTo(host.git("rev-parse", "main"));
        assertThat(diff.files())
                .containsExactlyInAnyOrder(
                        new FileChange("a.txt", "a.txt", 'M', 2, 1, true),
                        new FileChange("här\n\"e.txt", "moved.txt", 'R', 0, 0, false),
                        new FileChange("new é", "new é", '?', 2, 0, false),
                        new FileChange("empty", "empty", '?', 0, 0, false),
                        new FileChange("binary", "binary", '?', -1, -1, false));
        assertThat(diff.patch()).contains("+four\n", "+n2\n", "rename from moved.txt");
        assertThat(diff.truncated()).isFalse();
    }

    @Test
    void cutsALongPatch() throws IOException {
        GitHost.write(tree.resolve("long"), "line\n".repeat(300_000));
        WorktreeDiff diff = diff(10_000);
        assertThat(diff.truncated()).isTrue();
        assertThat(diff.patch().length()).isLessThanOrEqualTo(10_000);
        assertThat(diff.files())
                .containsExactly(new FileChange("long", "long", '?', 300_000, 0, false));
        assertThat(diff(0).patch()).isEmpty();
    }

    @Test
    void looksTheSameWhateverTheUserConfigured() throws IOException {
        work();
        WorktreeDiff plain = diff(100_000);
        for (String[] setting :
                new String[][] {
                    {"diff.noprefix", "true"},
                    {"diff.mnemonicPrefix", "true"},
                    {"color.ui", "always"},
                    {"diff.external", "false"},
                    {"diff.renames", "false"},
                    {"status.showUntrackedFiles", "no"},
                    {"core.quotePath", "false"}
                }) {
            host.git("config", setting[0], setting[1]);
        }
        assertThat(diff(100_000)).isEqualTo(plain);
        assertThat(changes()).isEqualTo(new Changes(5, 4, 1, 1));
    }

    @Test
    void showsARepoInsideAsOneEntry() throws IOException {
        Path inner = Files.createDirectories(tree.resolve("inner"));
        host.gitIn(inner, "init", "-q");
        GitHost.write(inner.resolve("f"), "x\n");
        assertThat(diff(1000).files())
                .containsExactly(new FileChange("inner/", "inner/", '?', -1, -1, false));
    }
}
