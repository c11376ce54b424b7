package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.HostRow;
import dev.muster.cli.text.Columns;
import dev.muster.cli.text.Style;
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
        return host(
                name, state, detail, problems, new HostRow.Disk(9, 8), new HostRow.Load(0.42, 8));
    }

    private static HostRow host(
            String name,
            String state,
            @Nullable String detail,
            List<HostRow.HostProblem> problems,
            HostRow.@Nullable Disk disk,
            HostRow.@Nullable Load load) {
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
                disk,
                load);
    }

    @Test
    void tellsLoadAndRoomAndWhatIsShortIn80Columns() {
        HostRow dev =
                host(
                        "dev",
                        "online",
                        null,
                        List.of(),
                        new HostRow.Disk(1L << 30, 312_345_678),
                        new HostRow.Load(0.42, 8));
        HostRow busy =
                host(
                        "busy",
                        "online",
                        null,
                        List.of(),
                        new HostRow.Disk(1L << 30, 20_000_000),
                        new HostRow.Load(12.06, 4));
        HostRow silent = host("lap", "offline", null, List.of(), null, null);
        assertThat(new HostsView(80, false, Rows.NOW).draw(List.of(dev, busy, silent)))
                .containsExactly(
                        "HOST  STATE    SINCE  LATENCY  SESSIONS    LOAD  FREE  REACHED AS   REPOS",
                        "dev   online      3h    12 ms         3   0.4/8  297G  deploy@dev…  api web 漢…",
                        "busy  online      3h    12 ms         3  12.1/4   19G  deploy@bus…  api web 漢…",
                        "lap   offline     3h    12 ms         3                deploy@lap…  api web 漢…",
                        "3 hosts, 2 online");
        assertThat(new HostsView(80, true, Rows.NOW).draw(List.of(dev)).get(1))
                .doesNotContain(Style.YELLOW.paint("0.4/8", true));
        assertThat(new HostsView(80, true, Rows.NOW).draw(List.of(busy)).get(1))
                .contains(Style.YELLOW.paint("12.1/4", true), Style.YELLOW.paint("19G", true));
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
