package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.AgentSpec;
import dev.muster.shell.HostLibrary;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What has to fit together when an agent is added.
class AgentsTest {
    private static final String ON_HOSTS =
            new String(HostLibrary.input(), StandardCharsets.US_ASCII);

    @Test
    void hasAClassForEachThatTheHostsFileKnowsAndAScriptThatStartsBesideIt() {
        assertThat(AgentSpec.builtIn())
                .isNotEmpty()
                .allSatisfy(
                        (name, spec) -> {
                            assertThat(Agents.of(spec.type()).type()).isEqualTo(spec.type());
                            assertThat(Agents.of(spec.type())).isNotInstanceOf(CommandAgent.class);
                            assertThat(ON_HOSTS).contains("agent-" + spec.type() + ".sh\n");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "aider"})
    void launchesWhatItDoesNotKnowAsAnyCommand(String type) {
        assertThat(Agents.of(type)).isInstanceOf(CommandAgent.class);
        assertThat(Agents.of(type).speaks()).isFalse();
    }
}
