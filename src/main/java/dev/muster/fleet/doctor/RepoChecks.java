package dev.muster.fleet.doctor;

import dev.muster.host.Repo;
import dev.muster.session.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether worktrees can be made of a repository, and from what.
final class RepoChecks {
    private RepoChecks() {}

    static List<Check> of(Repo repo, Probe probe) {
        String what = "repo:" + repo.name();
        return probe.fold(
                answer -> of(repo, what, Answers.parse(answer.text())),
                silent -> List.of(Check.unknown(what, silent.why())));
    }

    private static List<Check> of(Repo repo, String what, Answers facts) {
        Optional<Check> stop = notThere(repo, what, facts);
        if (stop.isPresent()) {
            return List.of(stop.get());
        }
        List<Check> wrong = new ArrayList<>();
        base(repo, what, facts).ifPresent(wrong::add);
        access(what, facts).ifPresent(wrong::add);
        if (facts.has("blocked")) {
            wrong.add(
                    Check.missing(
                            what,
                            "a branch `muster` is there, which leaves no room for `muster/NAME`",
                            "rename it (`git branch -m muster …`), or start with `--branch`"));
        }
        facts.word("include")
                .filter("no"::equals)
                .ifPresent(
                        _ ->
                                wrong.add(
                                        Check.warning(
                                                what,
                                                ".worktreeinclude can't be read",
                                                "make it readable for the account there")));
        MachineChecks.space(facts)
                .filter(Space::isLow)
                .ifPresent(
                        space ->
                                wrong.add(
                                        Check.warning(
                                                what,
                                                space + " where its worktrees go",
                                                "make room: `muster rm` sessions that are done")));
        long stale = facts.number("stale", 0).orElse(0);
        if (stale > 0) {
            wrong.add(
                    Check.warning(
                            what,
                            stale + " worktrees are registered whose folders are gone",
                            "`git worktree prune` there"));
        }
        if (!facts.has("identity")) {
            wrong.add(
                    Check.warning(
                            what,
                            "git has no user.name and user.email here: the agent can't commit",
                            "`git config --global user.name …` and `user.email …` there"));
        }
        return wrong.isEmpty() ? List.of(Check.ok(what, asItIs(repo, facts))) : wrong;
    }

    private static String asItIs(Repo repo, Answers facts) {
        String from = repo.base().orElse("HEAD");
        String at = facts.word(repo.base().isPresent() ? "base" : "head").orElse("");
        return facts.text("path").orElse(repo.path())
                + " at "
                + from
                + (at.length() > 8 ? " (" + at.substring(0, 8) + ")" : "");
    }

    /// What leaves nothing else to look at.
    private static Optional<Check> notThere(Repo repo, String what, Answers facts) {
        String path = facts.text("path").orElse(repo.path());
        String is = facts.word("is").orElse("");
        return switch (is) {
            case "nothing" ->
                    Optional.of(
                            Check.missing(
                                    what,
                                    "there is no folder " + path,
                                    "clone it there, or mend `path:` in hosts.yaml"));
            case "file" ->
                    Optional.of(
                            Check.missing(
                                    what, path + " is no folder", "mend `path:` in hosts.yaml"));
            case "closed" ->
                    Optional.of(
                            Check.missing(
                                    what,
                                    "the account may not enter " + path,
                                    "give it the right to, there"));
            case "folder" -> refused(what, path, facts);
            default -> Optional.of(Check.unknown(what, "its answer broke off"));
        };
    }

    private static Optional<Check> refused(String what, String path, Answers facts) {
        Optional<String> refused = facts.text("refused");
        if (refused.isPresent()) {
            String said = refused.get();
            return Optional.of(
                    said.contains("dubious ownership") || said.contains("unsafe repository")
                            ? Check.missing(
                                    what,
                                    "git refuses " + path + ": it belongs to another user",
                                    "`git config --global --add safe.directory '"
                                            + path
                                            + "'` there, if you trust that user")
                            : said.contains("not a git repository")
                                    ? Check.missing(
                                            what,
                                            path + " is no git repository",
                                            "mend `path:` in hosts.yaml, or `git init` there")
                                    : Check.missing(
                                            what,
                                            "git can't read " + path + ": " + Answers.gist(said),
                                            "see what `git status` says there"));
        }
        if (facts.has("bare")) {
            return Optional.of(
                    Check.missing(
                            what,
                            path + " is a bare repository, which has no files to work on",
                            "clone it there and name the clone as `path:`"));
        }
        return facts.has("done")
                ? Optional.empty()
                : Optional.of(Check.unknown(what, "its answer broke off"));
    }

    private static Optional<Check> base(Repo repo, String what, Answers facts) {
        if (repo.base().isEmpty()) {
            return facts.word("head").isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            Check.missing(
                                    what,
                                    "it has no commit to start from",
                                    "make a first commit there"));
        }
        if (!facts.word("base").orElse("none").equals("none")) {
            return Optional.empty();
        }
        List<String> branches =
                facts.all("branch")
                        .filter(words -> !words.isEmpty())
                        .flatMap(words -> Answers.unhex(words.getFirst()).stream())
                        .limit(5)
                        .toList();
        return Optional.of(
                Check.missing(
                        what,
                        "there is no base " + repo.base().get(),
                        branches.isEmpty()
                                ? "fetch it there, or mend `base:` in hosts.yaml"
                                : "fetch it there, or mend `base:` in hosts.yaml; the newest"
                                        + " branches are "
                                        + String.join(", ", branches)));
    }

    private static Optional<Check> access(String what, Answers facts) {
        Optional<String> closed = facts.text("read-only");
        if (closed.isPresent()) {
            return Optional.of(
                    Check.missing(
                            what,
                            closed.get() + " can't be written, so no branch can be made",
                            "give the account write access to the repository"));
        }
        if (facts.word("worktrees", 1).filter("no"::equals).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Check.missing(
                        what,
                        "worktrees go to "
                                + facts.text("worktrees").orElse("?")
                                + ", but "
                                + facts.text("worktrees", 2).orElse("a folder on the way")
                                + " can't be written",
                        "make that folder writable, or name another with `worktrees:` in"
                                + " hosts.yaml"));
    }
}
