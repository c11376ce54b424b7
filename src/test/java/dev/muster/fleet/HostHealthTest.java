package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.HostStatus.Problem;
import dev.muster.session.HostFacts;
import dev.muster.session.Load;
import dev.muster.session.SessionId;
import dev.muster.session.Space;
import dev.muster.session.Vitals;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostHealthTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void hasNothingToSayOfASoundHost() {
        HostHealth sound = greeted("git_version_2.39.5", "tmux_3.3a", 0, "50000000 40000000");
        assertThat(sound.problems()).isEmpty();
        assertThat(sound.versions())
                .containsEntry("tmux", "3.3a")
                .containsEntry("git", "2.39.5")
                .containsEntry("os", "Linux 6.1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "tmux_3.1c, tmux, 3.1c",
        "tmux_3.2, tmux, 3.2a",
        "'', tmux, not found",
        "tmux_2.9a, tmux, older"
    })
    void namesATmuxThatIsMissingOrTooOld(String says, String what, String part) {
        HostHealth health = greeted("git_version_2.39.5", says, 0, "50000000 40000000");
        assertThat(health.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo(what))
                .satisfies(problem -> assertThat(problem.detail()).contains(part))
                .satisfies(problem -> assertThat(problem.fix()).contains("install tmux 3.2a"));
    }

    @ParameterizedTest
    @CsvSource({"tmux_next-3.6", "tmux_3.2a", "tmux_3.10", "tmux_master"})
    void takesATmuxThatIsNewEnoughOrCannotBeCompared(String says) {
        assertThat(greeted("git_version_2.39.5", says, 0, "50000000 40000000").problems())
                .isEmpty();
    }

    @Test
    void tellsWhichWayAClockIsOff() {
        assertThat(greeted("git_version_2.39.5", "tmux_3.3a", -90, "50000000 40000000").problems())
                .singleElement()
                .extracting(Problem::detail)
                .isEqualTo("its clock is 90 s behind this machine's");
        assertThat(greeted("git_version_2.39.5", "tmux_3.3a", 45, "50000000 40000000").problems())
                .singleElement()
                .extracting(Problem::detail)
                .isEqualTo("its clock is 45 s ahead of this machine's");
    }

    @Test
    void followsTheDiskAsItFillsAndEmpties() {
        HostHealth sound = greeted("git_version_2.39.5", "tmux_3.3a", 0, "50000000 40000000");
        HostHealth full = sound.withVitals(Vitals.of(new Space(50_000_000, 300)));
        assertThat(full.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("disk"))
                .satisfies(problem -> assertThat(problem.detail()).contains("300 KiB free of 47"));
        assertThat(full.withVitals(Vitals.UNKNOWN).problems())
                .as("an answer that did not come through changes nothing")
                .isEqualTo(full.problems());
        assertThat(full.withVitals(Vitals.parse("50000000 40000000 0.5 4")).problems()).isEmpty();
    }

    @Test
    void saysThatEventsWereLostUntilTheyAreMended() {
        HostHealth sound = greeted("git_version_2.39.5", "tmux_3.3a", 0, "50000000 40000000");
        HostHealth lost = sound.withLost(Set.of(new SessionId("01K00000000000000000000001")));
        assertThat(lost.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("lost-events"))
                .satisfies(problem -> assertThat(problem.detail()).contains("1 session could"));
        assertThat(lost.withLost(Set.of()).problems()).isEmpty();
    }

    @Test
    void quotesAnRcFileThatPrints() {
        HostHealth noisy =
                greeted("git_version_2.39.5", "tmux_3.3a", 0, "50000000 40000000")
                        .withNoise("\nWelcome to dev-1\nsecond");
        assertThat(noisy.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("\"Welcome to dev-1\"");
    }

    @Test
    void believesNoDiskThatTheHostMakesUp() {
        assertThat(
                        greeted("git_version_2.39.5", "tmux_3.3a", 0, "-1 99999999999999999999")
                                .vitals())
                .isEqualTo(new Vitals(Optional.empty(), Optional.of(new Load(1.25, 8))));
    }

    private static HostHealth greeted(String git, String tmux, long ahead, String disk) {
        String text =
                "home 2f\nstate 2f\nshell 2f\nos Linux_6.1.0\ntime "
                        + (NOW.getEpochSecond() + ahead)
                        + "\ngit "
                        + git
                        + "\ntmux "
                        + tmux
                        + "\ngen g1\nvitals "
                        + disk
                        + " 1.25 8\njournal g1 0\ndone\n";
        HostFacts.Answer answer = HostFacts.parse(text, NOW);
        return HostHealth.UNKNOWN.greeted(((HostFacts.Answer.Facts) answer).facts());
    }
}
