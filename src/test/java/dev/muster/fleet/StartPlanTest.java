package dev.muster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.host.Hosts;
import dev.muster.host.HostsFile;
import dev.muster.session.LaunchOrder;
import dev.muster.session.SessionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionId ID = new SessionId("01K00000000000000000000001");
    private static final Hosts HOSTS =
            ((HostsFile.Result.Good)
                            HostsFile.parse(
                                    """
                                    agents:
                                      claude: { model: sonnet, permissionMode: plan }
                                      migrate: { type: command, command: ./bin/migrate, args: ["--stage", "{promptFile}"] }
                                    accounts: { max: { env: { CLAUDE_CONFIG_DIR: ~/.claude-max } } }
                                    hosts:
                                      dev-1:
                                        ssh: dev-1
                                        env: { RAILS_ENV: "it's \\"$x\\"" }
                                        repos: { api: { path: ~/src/api, base: develop } }
                                    """,
                                    Path.of("hosts.yaml")))
                    .hosts();

    @Test
    void namesTheWorktreeAndBranchAfterTheSession() throws Refused {
        LaunchOrder order = plan(ask("api", "web", "fix it"));
        assertThat(order.spec().worktree()).isEqualTo("/home/dev/src/api.worktrees/web");
        assertThat(order.spec().branch()).isEqualTo("muster/web");
        assertThat(order.spec().base()).isEqualTo("develop");
    }

    @Test
    void findsANameInThePromptThatIsFree() throws Refused {
        assertThat(plan(ask("api", null, "Füx the LOGIN bug, please!")).spec().name())
                .isEqualTo("fux-the-login-bug");
        assertThat(
                        new StartPlan(HOSTS, "owner123")
                                .order(ask("api", null, ""), Set.of("api"), "/home/dev", NOW)
                                .spec()
                                .name())
                .isEqualTo("api-2");
    }

    @Test
    void quotesEverythingThatAShellWillRead() throws Refused {
        LaunchOrder order = plan(ask("api", "web", "x"));
        assertThat(order.files().get("env")).isEqualTo("export RAILS_ENV='it'\\''s \"$x\"'\n");
        assertThat(order.files().get("plan"))
                .contains("REPO='/home/dev/src/api'\n", "BRANCH='muster/web'\n");
    }

    @Test
    void launchesClaudeWithItsConversationAndGuardsThePrompt() throws Refused {
        assertThat(plan(ask("api", "web", "/clear")).files().get("command.1"))
                .matches(
                        "AGENT='claude'\nTRUST=no\n"
                                + "set -- 'claude' '--session-id' '[0-9a-f-]{36}' '--name' 'web'"
                                + " '--permission-mode' 'plan' '--model' 'sonnet' '--'"
                                + " '\\\\'\"\\$m_prompt\"\n");
    }

    @Test
    void typesAPromptThatIsTooLongForAnArgumentOnceTheAgentIsReady() throws Refused {
        LaunchOrder order = plan(ask("api", "web", "x".repeat(130_000)));
        assertThat(order.files()).containsKey("later");
        assertThat(order.files().get("command.1")).doesNotContain("m_prompt");
        assertThat(order.prompt()).hasSize(130_000);
    }

    @Test
    void givesACommandItsPromptWhereItsArgumentsSay() throws Refused {
        StartAsk ask =
                new StartAsk(
                        ID, "dev-1", "api", "m", null, null, "migrate", null, "max", Map.of(),
                        Map.of(), List.of(), false, "p", null);
        LaunchOrder order = plan(ask);
        assertThat(order.files().get("command.1"))
                .isEqualTo(
                        "AGENT='command'\nTRUST=no\n"
                                + "set -- './bin/migrate' '--stage' \"$MUSTER_PROMPT_FILE\"\n");
        assertThat(order.files().get("env"))
                .contains("export CLAUDE_CONFIG_DIR=\"$HOME\"'/.claude-max'");
        assertThat(order.spec().worktree()).isNull();
    }

    @Test
    void refusesWithASentenceThatHelps() {
        refused(ask("apo", "web", ""), "no repo `apo`", "repos there: api");
        refused(ask("api", "a b", ""), "can't be a session's name", "letters");
        refused(ask("api", "web", "a\u001b[201~b"), "U+001B", "only tab and newline");
        refused(ask("api", "web", "a\r\nb"), "U+000D", "dos2unix");
        refused(ask("api", "web", "\ud800"), "not valid Unicode", "UTF-8");
    }

    @Test
    void namesTheFieldThatIsToBlame() {
        blames(ask("apo", "web", ""), "repo");
        blames(ask("api", "a b", ""), "name");
        blames(ask("api", "web", "a\u001b[201~b"), "prompt");
    }

    private static void blames(StartAsk ask, String field) {
        assertThatThrownBy(() -> plan(ask))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private static void refused(StartAsk ask, String detail, String fix) {
        assertThatThrownBy(() -> plan(ask))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.sentence()).contains(detail);
                            assertThat(refused.fix()).contains(fix);
                        });
    }

    private static LaunchOrder plan(StartAsk ask) throws Refused {
        return new StartPlan(HOSTS, "owner123").order(ask, Set.of(), "/home/dev", NOW);
    }

    private static StartAsk ask(String repo, String name, String prompt) {
        return new StartAsk(
                ID, "dev-1", repo, name, null, null, null, null, null, Map.of(), Map.of(),
                List.of(), true, prompt, null);
    }
}
