package dev.muster.cli;

import dev.muster.api.StartRequest;
import dev.muster.api.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `start` is asked for, but for the prompt.
final class StartOptions {
    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "The session's name, unique on its host (default: one is found).")
    @Nullable String name;

    @Option(
            names = {"-b", "--branch"},
            paramLabel = "BRANCH",
            description = "Its branch (default: muster/NAME).")
    @Nullable String branch;

    @Option(
            names = "--base",
            paramLabel = "REF",
            description = "What the branch starts from (default: as the hosts file says).")
    @Nullable String base;

    @Option(
            names = {"-a", "--agent"},
            paramLabel = "AGENT",
            description = "The agent (default: as the hosts file says).")
    @Nullable String agent;

    @Option(names = "--model", paramLabel = "MODEL", description = "The agent's model.")
    @Nullable String model;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "An account of the hosts file.")
    @Nullable String account;

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "A variable for the agent; may be repeated.")
    List<String> env = List.of();

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "A label of the session; may be repeated.")
    List<String> labels = List.of();

    @Option(
            names = "--arg",
            paramLabel = "ARG",
            description = "An argument for the agent, as it is; may be repeated.")
    List<String> args = List.of();

    @Option(names = "--no-worktree", description = "Run in the repo's own checkout.")
    boolean noWorktree;

    @Option(
            names = "--headless",
            description =
                    "Without a screen: approvals, send and interrupt work as ever. Ends when its"
                            + " prompt is done.")
    boolean headless;

    @Option(
            names = "--keep",
            description = "With --headless: wait for the next prompt instead of ending.")
    boolean keep;

    /// @param where `HOST:REPO`; as much of it as the template says may be missing
    /// @param template what counts where no option says something else, its text always
    /// @throws CliException when it makes no sense
    StartRequest request(String id, String where, Template template) throws CliException {
        int colon = where.indexOf(':');
        String host = colon < 0 ? where : where.substring(0, colon);
        String repo = colon < 0 ? template.repo() : where.substring(colon + 1);
        if (host.isEmpty() && colon < 0 && template.hosts().size() == 1) {
            host = template.hosts().getFirst();
        }
        if (host.isEmpty() || repo == null || repo.isEmpty()) {
            throw unclear(where, template);
        }
        return new StartRequest(
                id,
                host,
                repo,
                name,
                or(branch, template.branch()),
                or(base, template.base()),
                or(agent, template.agent()),
                or(model, template.model()),
                or(account, template.account()),
                Pairs.of("--env", env),
                Pairs.of("--label", labels),
                args,
                !noWorktree,
                template.prompt(),
                headless(template.headless()));
    }

    private static CliException unclear(String where, Template template) {
        return new CliException(
                ExitCode.USAGE,
                where.isEmpty()
                        ? "Nothing says where"
                        : "`" + where + "` does not say both host and repo",
                template.hosts().size() > 1
                        ? "write HOST:REPO; the template is for "
                                + String.join(", ", template.hosts())
                        : "write HOST:REPO; muster hosts lists them");
    }

    private static @Nullable String or(@Nullable String said, @Nullable String otherwise) {
        return said == null ? otherwise : said;
    }

    private @Nullable String headless(@Nullable String template) throws CliException {
        if (keep && !headless && template == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--keep says what a session without a screen does when its prompt is done",
                    "add --headless; a session in a terminal always waits");
        }
        return keep ? "keep" : headless ? "once" : template;
    }
}
