package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.git.RepoBranches;
import dev.muster.host.Repo;
import dev.muster.link.RunResult;

/// Looks into a repo of a host, for a person who is about to start something there.
public final class RepoLook {
    /// More than anybody looks through; whoever knows the name can type it.
    private static final int MOST = 500;

    private final SessionReach reach;

    public RepoLook(Fleet fleet) {
        this.reach = new SessionReach(fleet);
    }

    /// Asks git there, now.
    ///
    /// @param repo a repo of the host by its name, or by its path
    public Branches branches(String host, String repo) throws Refused, InterruptedException {
        HostKeeper keeper = reach.reachable(host);
        Repo known = AskedNames.repo(keeper.host(), repo);
        String path = StartPlan.absolute(known.path(), SessionStarts.home(keeper));
        String what = "looking for the branches of " + repo;
        RunResult result = reach.run(keeper, RepoBranches.script(path, MOST), what);
        return switch (RepoBranches.parse(result.outText(), MOST)) {
            case RepoBranches.Answer.Found found -> new Branches(known, found.branches());
            case RepoBranches.Answer.Missing a ->
                    throw Refused.of(
                                    Kind.NOT_FOUND,
                                    path + " is not on " + host,
                                    "correct `path` in hosts.yaml, or clone the repo there")
                            .on(host)
                            .at("repo");
            case RepoBranches.Answer.NoRepo a ->
                    throw Refused.of(
                                    Kind.FAILED,
                                    "git on " + host + " takes " + path + " for no repo",
                                    null)
                            .on(host)
                            .at("repo")
                            .withOutput(result.errText());
            case RepoBranches.Answer.NoGit a ->
                    throw Refused.of(
                                    Kind.FAILED,
                                    "git was not found on " + host,
                                    "`muster doctor " + host + "`")
                            .on(host);
            case RepoBranches.Answer.Unclear a -> throw SessionReach.failed(keeper, what, result);
        };
    }

    /// @param repo as hosts.yaml has it
    public record Branches(Repo repo, RepoBranches found) {}
}
