package dev.muster.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.git.RepoBranches.Answer;
import dev.muster.git.RepoBranches.Branch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoBranchesIT {
    @TempDir Path folder;
    private GitHost host;

    @BeforeEach
    void makeRepo() throws IOException {
        host = new GitHost(folder);
    }

    private Answer ask(Path repo, int limit) {
        return RepoBranches.parse(
                host.run(RepoBranches.script(repo.toString(), limit)).out(), limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void namesOwnAndRemoteBranchesWithTheNewestFirst(String shell) {
        host.shell(shell.split(" "));
        host.git("branch", "old/fix-ü");
        host.git("commit", "-q", "--allow-empty", "-m", "later", "--date", "2099-01-01T00:00:00Z");
        host.git("update-ref", "refs/remotes/origin/develop", "HEAD");
        host.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop");
        host.git("tag", "v1");

        assertThat(ask(host.repo, 10))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> {
                            assertThat(found.branches().head()).contains("main");
                            assertThat(found.branches().truncated()).isFalse();
                            assertThat(found.branches().branches())
                                    .extracting(Branch::name)
                                    .containsExactlyInAnyOrder(
                                            "main", "old/fix-ü", "origin/develop");
                            assertThat(found.branches().branches())
                                    .filteredOn(Branch::remote)
                                    .extracting(Branch::name)
                                    .containsExactly("origin/develop");
                        });
    }

    @Test
    void saysThatThereAreMore() {
        for (int i = 0; i < 5; i++) {
            host.git("branch", "b" + i);
        }
        assertThat(ask(host.repo, 3))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> {
                            assertThat(found.branches().branches()).hasSize(3);
                            assertThat(found.branches().truncated()).isTrue();
                        });
    }

    @Test
    void knowsNoHeadWhereTheRepoStandsOnNoBranch() {
        host.git("checkout", "-q", "--detach");
        assertThat(ask(host.repo, 3))
                .isInstanceOfSatisfying(
                        Answer.Found.class, found -> assertThat(found.branches().head()).isEmpty());
    }

    @Test
    void tellsAFolderThatIsNoRepoFromOneThatIsNotThere() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("plain dir"));
        assertThat(ask(plain, 3)).isInstanceOf(Answer.NoRepo.class);
        assertThat(ask(folder.resolve("nowhere"), 3)).isInstanceOf(Answer.Missing.class);
    }

    @Test
    void takesAnAnswerThatBrokeOffForNone() {
        String whole = "head 6d61696e\nbranch 1 refs/heads/main\ndone\n";
        assertThat(RepoBranches.parse(whole, 3)).isInstanceOf(Answer.Found.class);
        assertThat(List.of("", "head 6d", whole.replace("done\n", "")))
                .allSatisfy(
                        text ->
                                assertThat(RepoBranches.parse(text, 3))
                                        .isInstanceOf(Answer.Unclear.class));
    }
}
