package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.git.Removal.Mode;
import dev.muster.git.RemovalAnswer.Outcome;
import dev.muster.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On a full disk a removal can't write down what it finds: what is not written down must not count
/// as not there.
class FullDiskIT {
    private static final String ID = "01JD0000000000000000000001";
    private static final String BRANCH = "muster/one";

    @TempDir Path folder;
    private Path tree;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void removesNothingThatItCannotWriteDown(String shell) throws Exception {
        GitHost host = new GitHost(folder);
        List<String> command = List.of(shell.split(" "));
        assumeThat(host.exec(List.of("sh", "-c", "command -v " + command.get(0))).exit())
                .as("%s is installed", shell)
                .isZero();
        host.shell(command.toArray(new String[0]));
        try (SmallDisk disk = SmallDisk.at(folder.resolve("home/state"), "2m")) {
            make(host);
            for (int left : List.of(0, 4, 12, 28, 60, 124, 252, 508)) {
                for (Mode mode : List.of(Mode.REMOVE, Mode.FORCE)) {
                    disk.fill(left * 1024);
                    refusesOrSaves(host, mode, left);
                    disk.empty();
                }
            }
            assertThat(answer(host, Mode.REMOVE).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(answer(host, Mode.FORCE).outcome()).isEqualTo(Outcome.REMOVED);
            assertThat(saved(host)).isTrue();
        }
    }

    /// The repo's own disk is full: nothing can be saved in it, so nothing goes.
    @Test
    void keepsWhatTheReposDiskHasNoRoomFor() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("src"), "3m")) {
            GitHost host = new GitHost(folder);
            make(host);
            disk.fill(0);
            RemovalAnswer answer = answer(host, Mode.FORCE);
            assertThat(answer.outcome()).isIn(Outcome.NOT_SAVED, Outcome.FAILED);
            whole();
            disk.empty();
            assertThat(answer(host, Mode.FORCE).outcome()).isEqualTo(Outcome.REMOVED);
            assertThat(saved(host)).isTrue();
        }
    }

    private void make(GitHost host) throws IOException {
        tree = folder.resolve("web.worktrees/one");
        host.added(ID, tree, BRANCH, "");
        GitHost.write(tree.resolve("new.txt"), "work\n");
        GitHost.write(tree.resolve("run.log"), "ignored\n");
    }

    private void refusesOrSaves(GitHost host, Mode mode, int left) throws IOException {
        var ran = host.run(removal(host).script(mode));
        if (mode == Mode.REMOVE || !saved(host)) {
            assertThat(ran.out()).as("%s with %d KiB left", mode, left).doesNotContain("removed\t");
            whole();
        } else {
            make(host);
        }
    }

    private void whole() {
        assertThat(tree.resolve("new.txt")).hasContent("work");
        assertThat(tree.resolve("run.log")).hasContent("ignored");
    }

    private static boolean saved(GitHost host) {
        String rescue = "refs/muster/rescue/" + ID;
        return host.git("for-each-ref", rescue).contains("/work")
                && host.git("show", rescue + "/work:new.txt").equals("work")
                && host.git("show", rescue + "/ignored:run.log").equals("ignored");
    }

    private Removal removal(GitHost host) throws IOException {
        return new Removal(
                ID,
                host.session(ID).toString(),
                host.repo.toString(),
                tree.toString(),
                BRANCH,
                List.of(),
                Removal.LIMIT);
    }

    private RemovalAnswer answer(GitHost host, Mode mode) throws IOException {
        return RemovalAnswer.parse(host.run(removal(host).script(mode)).out());
    }
}
