package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.host.HostsFile;
import dev.muster.host.Reach;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The demo's hosts file is one that Muster itself finds nothing to say about.
class HostsYamlTest {
    private static final DemoFolder FOLDER = new DemoFolder(Path.of("/tmp/it's the demo's"));

    @Test
    void passesTheCheckAndGivesEachHostItsRepo() {
        Hosts hosts = read(new DemoAgent.BuiltIn());

        assertThat(hosts.hosts().keySet()).containsExactly("laptop", "dev-1", "staging");
        for (DemoTask task : DemoTask.ALL) {
            Host host = hosts.host(task.host()).orElseThrow();
            assertThat(host.repo(task.repo())).isPresent();
            assertThat(host.defaultAgent()).isEqualTo("demo");
        }
    }

    @Test
    void givesThisMachineAHomeOfTheDemosOwn() {
        Host laptop = read(new DemoAgent.BuiltIn()).host("laptop").orElseThrow();

        assertThat(laptop.reach())
                .isEqualTo(new Reach.Local(Optional.of(FOLDER.root().resolve("laptop"))));
    }

    @Test
    void givesEachHostTheClaudeThatKnowsItsUsersLogin() {
        DemoAgent.Claude claude =
                new DemoAgent.Claude(Path.of("/opt/my claude"), Map.of("HOME", "/home/me"));

        Host host = read(claude).host("laptop").orElseThrow();

        assertThat(host.defaultAgent()).isEqualTo("claude");
        assertThat(host.agent("claude").orElseThrow().command()).isEqualTo("~/bin/claude");
        assertThat(claude.script())
                .isEqualTo("#!/bin/sh\nexport HOME='/home/me'\nexec '/opt/my claude' \"$@\"\n");
    }

    private static Hosts read(DemoAgent agent) {
        String text = new HostsYaml(FOLDER, agent, DemoHost.CAST).text();
        HostsFile.Result result = HostsFile.parse(text, FOLDER.hostsFile());
        assertThat(result).as(text).isInstanceOf(HostsFile.Result.Good.class);
        HostsFile.Result.Good good = (HostsFile.Result.Good) result;
        assertThat(good.warnings()).isEqualTo(List.of());
        return good.hosts();
    }
}
