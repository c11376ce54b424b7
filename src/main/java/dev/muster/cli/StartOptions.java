package dev.muster.cli;

import dev.muster.api.StartRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// @param where `HOST:REPO`
    /// @throws CliException when it makes no sense
    StartRequest request(String id, String where, @Nullable String prompt) throws CliException {
        int colon = where.indexOf(':');
        if (colon < 1 || colon == where.length() - 1) {
            throw new CliException(
                    ExitCode.USAGE,
                    "`" + where + "` does not say both host and repo",
                    "write HOST:REPO; muster hosts lists them");
        }
        return new StartRequest(
                id,
                where.substring(0, colon),
                where.substring(colon + 1),
                name,
                branch,
                base,
                agent,
                model,
                account,
                pairs("--env", env),
                pairs("--label", labels),
                args,
                !noWorktree,
                prompt,
                headless());
    }

    private @Nullable String headless() throws CliException {
        if (keep && !headless) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--keep says what a session without a screen does when its prompt is done",
                    "add --headless; a session in a terminal always waits");
        }
        return headless ? keep ? "keep" : "once" : null;
    }

    private static Map<String, String> pairs(String option, List<String> given)
            throws CliException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CliException(
                        ExitCode.USAGE, option + " takes KEY=VALUE, not `" + pair + "`", null);
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
