package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RepoTest {
    @Test
    void callsAPathOfTheCommandLineAsItsFolder() {
        assertThat(Repo.at("/srv/my api/"))
                .extracting(Repo::name, Repo::path)
                .containsExactly("my-api", "/srv/my api");
        assertThat(Repo.at("~/src/.dotfiles").name()).isEqualTo("dotfiles");
        assertThat(Repo.at("~/é").name()).isEqualTo("repo");
        assertThat(Repo.at("~/").path()).isEqualTo("~/");
    }

    @Test
    void refusesAPathThatDependsOnWhereACommandRuns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Repo.at("src/api"))
                .withMessage(
                        "the repo path `src/api` is relative;"
                                + " write an absolute path, or one from the home as `~/…`");
    }
}
