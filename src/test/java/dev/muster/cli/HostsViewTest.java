package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.HostRow;
import dev.muster.cli.text.Columns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostsViewTest {
    private static final List<HostRow> HOSTS =
            List.of(
                    host("dev-1", "online", null, List.of()),
                    host(
                            "服务器-北京-构建-🚀🚀🚀🚀🚀🚀",
                            "auth-failed",
                            "it takes none of the keys that were offered: ~/.ssh/id_ed25519,"
                                    + " ~/.ssh/id_rsa, and two of the agent's",
                            List.of()),
                    host(
                            "a-name-of-a-host-that-is-longer-than-anybody-would-like-it-to-be",
                            "online",
                            null,
                            List.of(
                                    new HostRow.HostProblem(
                                            "tmux",
                                            "tmux 2.8 is too old for Muster, which needs 3.2a or"
                                                    + " newer to hear of births and deaths",
                                            "apt install -t bookworm-backports tmux, or build it"
                                                    + " from https://github.com/tmux/tmux/releases"))));

    private static HostRow host(
            String name,
            String state,
            @Nullable String detail,
            List<HostRow.HostProblem> problems) {
        return new HostRow(
                name,
                state,
                detail,
                null,
                Rows.ago(Duration.ofHours(3)),
                Rows.NOW,
                12L,
                "deploy@" + name + ":2222",
                3,
                problems,
                Map.of(),
                List.of("api", "web", "漢字漢字漢字漢字漢字"),
                Map.of(),
                null,
                null);
    }

    @Test
    void isNeverWiderThanTheScreen() {
        for (int width = 10; width < 130; width++) {
            for (String line : new HostsView(width, false, Rows.NOW).draw(HOSTS)) {
                assertThat(Columns.width(line))
                        .as("%d: %s", width, line)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void cutsNothingOfWhatIsWrongAndHowToMendIt() {
        assertThat(new HostsView(60, false, Rows.NOW).draw(HOSTS))
                .containsSequence(
                        "  tmux: tmux 2.8 is too old for Muster, which needs 3.2a or",
                        "    newer to hear of births and deaths",
                        "    fix: apt install -t bookworm-backports tmux, or build it",
                        "         from https://github.com/tmux/tmux/releases");
    }
}
