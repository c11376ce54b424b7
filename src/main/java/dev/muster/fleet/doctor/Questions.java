package dev.muster.fleet.doctor;

import dev.muster.fleet.doctor.Examination.AskedAgent;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Repo;
import dev.muster.shell.HostScript;
import dev.muster.shell.PrintfB;
import dev.muster.shell.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The scripts that ask, as they are sent.
public final class Questions {
    /// For the login shell with all that it asks: less than a whole answer may take.
    private static final int LOGIN_SECONDS = 12;

    /// Claude Code keeps this much of an API key to remember that it was approved.
    private static final int KEY_END = 20;

    private Questions() {}

    public static Script machine() {
        return HostScript.named("doctor");
    }

    public static Script repo(Repo repo) {
        return HostScript.named(
                "doctor-repo", repo.path(), repo.base().orElse(""), repo.worktrees().orElse(""));
    }

    public static Script login(List<AskedAgent> agents) {
        StringBuilder lines = new StringBuilder();
        for (AskedAgent agent : agents) {
            String key = agent.env().getOrDefault("ANTHROPIC_API_KEY", "");
            lines.append(
                    String.join(
                            " ",
                            agent.spec().name(),
                            agent.spec().type(),
                            word(agent.spec().command()),
                            word(agent.env().getOrDefault("CLAUDE_CONFIG_DIR", "")),
                            word(key.substring(Math.max(0, key.length() - KEY_END)))));
            lines.append('\n');
        }
        String inside =
                PrintfB.line(
                        Script.named("lib/json").text() + Script.named("doctor-inside").text());
        return HostScript.named("doctor-login", inside, Integer.toString(LOGIN_SECONDS))
                .withInput(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /// The agents to look for: the host's own one first, then those that the file says something
    /// of. One that is merely built in is nobody's wish.
    public static List<AgentSpec> agents(Host host) {
        List<AgentSpec> agents = new ArrayList<>();
        host.agent(host.defaultAgent()).ifPresent(agents::add);
        host.agents()
                .forEach(
                        (name, spec) -> {
                            boolean told = !spec.equals(AgentSpec.builtIn().get(name));
                            if (told && !name.equals(host.defaultAgent())) {
                                agents.add(spec);
                            }
                        });
        return agents;
    }

    /// One word for `printf %b`, without blanks; `-` for nothing.
    private static String word(String text) {
        return text.isEmpty() ? "-" : PrintfB.line(text).replace(" ", "\\0040");
    }
}
